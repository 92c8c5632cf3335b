/** `1e+20`: the C library writes two digits of an exponent at least. */
const withWideExponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

const special = (value: number): string => {
  if (Number.isNaN(value)) return 'nan';
  return value < 0 ? '-inf' : 'inf';
};

/** As `printf("%.<precision>g")` writes a double. Source: C17, 7.21.6.1. */
export const generalText = (value: number, precision: number): string => {
  if (!Number.isFinite(value)) return special(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const scientific = value.toExponential(precision - 1);
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  if (exponent >= -4 && exponent < precision) {
    const fixed = value.toFixed(precision - 1 - exponent);
    return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  }
  return withWideExponent(scientific.replace(/\.?0+e/, 'e'));
};

/** As `printf("%.<digits>e")` writes a double. */
export const scientificText = (value: number, digits: number): string =>
  Number.isFinite(value) ? withWideExponent(value.toExponential(digits)) : special(value);

/** The shortest decimal number that gives a 32-bit float back. */
export const shortestFloat = (value: number): number => {
  for (let precision = 6; precision < 9; precision += 1) {
    const short = Number(value.toPrecision(precision));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
};

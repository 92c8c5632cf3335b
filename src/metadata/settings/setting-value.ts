/** How a setting's text is read: null when it is not `expected`. */
export interface SettingValue<T> {
  readonly expected: string;
  parse(text: string): T | null;
}

const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['off', false],
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
]);

/** `ON`, `OFF`, `TRUE`, `FALSE`, `1`, `0`, in any case; an option without a value is on. */
export const onOff: SettingValue<boolean> = {
  expected: 'ON or OFF',
  parse: (text) => (text === '' ? true : (SWITCHES.get(text.toLowerCase()) ?? null)),
};

const UNITS: ReadonlyMap<string, number> = new Map(
  ['', 'k', 'm', 'g', 't', 'p', 'e'].map((unit, power) => [unit, 1024 ** power]),
);

/** A number with a unit behind it, `1G`: mysys/my_getopt.cc `eval_num_suffix`. */
export const count: SettingValue<number> = {
  expected: 'an unsigned integer',
  parse: (text) => {
    const [, digits, unit = ''] = /^(\d+)([kmgtpe]?)$/i.exec(text) ?? [];
    const value =
      digits === undefined ? Number.NaN : Number(digits) * (UNITS.get(unit.toLowerCase()) ?? 1);
    return Number.isSafeInteger(value) ? value : null;
  },
};

/** Seconds or days that may have a fraction. */
export const duration: SettingValue<number> = {
  expected: 'a number',
  parse: (text) => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null),
};

/** A text as written; MySQL prints `NULL` and `(No default value)` for none. */
export const text: SettingValue<string> = {
  expected: 'text',
  parse: (written) => (/^(?:NULL|\(No default value\))$/.test(written) ? '' : written),
};

/** A switch, or a name that turns it on: `log_bin=mysql-bin` in a file, `log_bin ON` in a table. */
export const switchOrName: SettingValue<boolean | string> = {
  expected: 'ON, OFF or a name',
  parse: (written) =>
    /^(?:NULL|\(No default value\))$/.test(written)
      ? false
      : written === ''
        ? true
        : /^(?:on|off|true|false)$/i.test(written)
          ? onOff.parse(written)
          : written,
};

/**
 * One of `names`, by its name or by its number in the server's list; where ON and OFF are among
 * them, by any word of a switch.
 */
export const oneOf = <const Name extends string>(
  ...names: readonly Name[]
): SettingValue<Name> => ({
  expected: `one of ${names.join(', ')}`,
  parse: (written) => {
    const upper = written.toUpperCase();
    const named = names.find((name) => name === upper);
    if (named !== undefined) return named;
    if (/^\d{1,2}$/.test(written)) return names[Number(written)] ?? null;
    const on = onOff.parse(written);
    return on === null ? null : (names.find((name) => name === (on ? 'ON' : 'OFF')) ?? null);
  },
});

/** Rules of a filter. In a file an option names one and may be repeated; tables join them by commas. */
export const list: SettingValue<readonly string[]> = {
  expected: 'a list',
  parse: (written) => (written === '' ? [] : written.split(',').map((one) => one.trim())),
};

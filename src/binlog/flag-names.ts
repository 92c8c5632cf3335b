/** The bits of one field of flags, each with the name that the servers' headers give it. */
export type FlagTable = readonly (readonly [bit: number, name: string])[];

/**
 * The names of the bits that are set, in the order of the table; what it does not name follows as
 * one hexadecimal number, so that no bit is lost. Flags are 32 bits at most.
 */
export const flagNames = (table: FlagTable, flags: number): readonly string[] => {
  let rest = flags >>> 0;
  const names: string[] = [];
  for (const [bit, name] of table) {
    if ((rest & bit) === 0) continue;
    names.push(name);
    rest = (rest & ~bit) >>> 0;
  }
  return rest === 0 ? names : [...names, `0x${rest.toString(16)}`];
};

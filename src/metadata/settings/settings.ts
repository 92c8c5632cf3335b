import type { MetadataProblem, Parsed } from '../parsed.ts';
import {
  KNOWN_SETTINGS,
  knownSetting,
  type SettingName,
  type SettingType,
} from './known-settings.ts';
import { isServerSection, readOptionFile, type WrittenOption } from './option-file.ts';
import { readVariables, type VariableRow } from './variable-table.ts';

/** One setting as it was found. */
export interface Setting<T> {
  /** Null when the text is not what the setting takes. */
  readonly value: T | null;
  /** Without quotes; of lists the last. */
  readonly raw: string;
  /** The name that stands there: `slave-net-timeout`, `skip_log_bin`. */
  readonly writtenAs: string;
  /** Section of an option file; null in a table of variables. */
  readonly section: string | null;
  /** Byte offset of its line; of a setting that stands more than once the last, which counts. */
  readonly offset: number;
}

/** A server's settings of replication: what a file asks for, or what a server said it had. */
export interface Settings {
  readonly form: 'option-file' | 'variables';
  /** By the name that newest versions use; a setting that does not stand there is absent. */
  readonly settings: { readonly [Name in SettingName]?: Setting<SettingType<Name>> };
  /** Sections of an option file that no server reads, or another one does: `mysqld1`, `client`. */
  readonly otherSections: readonly string[];
  /** Files that an option file includes; they are not read with it. */
  readonly includes: readonly { readonly path: string; readonly offset: number }[];
}

type Found = { -readonly [Name in SettingName]?: Setting<unknown> };

/** Collects settings; of one that stands more than once the last counts, filters add up. */
class SettingCollector {
  readonly found: Found = {};
  readonly problems: MetadataProblem[] = [];

  add(written: Omit<WrittenOption, 'section' | 'hasValue'>, section: string | null): void {
    const known = knownSetting(written.name);
    if (!known) return;
    const { name, isOff } = known;
    const setting = KNOWN_SETTINGS[name];
    const raw = written.value;
    const value = isOff ? setting.parse('OFF') : setting.parse(raw);
    // An option file names one rule an option, and a rule may hold a comma
    const isRule = setting.expected === 'a list' && section !== null;
    const before = this.found[name]?.value;
    this.found[name] = {
      value: isRule ? [...(Array.isArray(before) ? before : []), raw] : value,
      raw,
      writtenAs: written.name,
      section,
      offset: written.offset,
    };
    if (value === null) {
      const problem = `is not ${setting.expected}`;
      this.problems.push({ offset: written.offset, field: name, problem });
    }
  }
}

const parsed = (
  collector: SettingCollector,
  rest: Omit<Settings, 'settings'>,
  problems: readonly MetadataProblem[],
): Parsed<Settings> => ({
  value: { ...rest, settings: collector.found as Settings['settings'] },
  problems: [...problems, ...collector.problems].sort((a, b) => a.offset - b.offset),
});

const fromVariables = (rows: readonly VariableRow[]): Parsed<Settings> => {
  const collector = new SettingCollector();
  for (const row of rows) collector.add(row, null);
  return parsed(collector, { form: 'variables', otherSections: [], includes: [] }, []);
};

/**
 * Reads an option file (`my.cnf`) or a printed table of variables (SHOW VARIABLES boxed, by tabs or
 * `\G`, `mysqld --verbose --help`). `version` tells which sections of one version count; null: all
 * of them do.
 */
export const parseSettings = (bytes: Buffer, version: string | null = null): Parsed<Settings> => {
  const rows = readVariables(bytes);
  if (rows.length > 0) return fromVariables(rows);
  const file = readOptionFile(bytes);
  const collector = new SettingCollector();
  for (const option of file.options) {
    if (isServerSection(option.section, version)) collector.add(option, option.section);
  }
  const others = file.sections.filter((section) => !isServerSection(section, version));
  return parsed(
    collector,
    {
      form: 'option-file',
      otherSections: [...new Set(others)],
      includes: file.includes,
    },
    file.strays.map((offset) => ({
      offset,
      field: 'section',
      problem: 'an option before any section: servers refuse to start with it',
    })),
  );
};

import type { MetadataDocument } from '../metadata/index.ts';
import type { KNOWN_SETTINGS, SettingName } from '../metadata/settings/known-settings.ts';
import type { Setting, Settings } from '../metadata/settings/settings.ts';
import type { SectionKind, SectionRows } from '../metadata/status-text/sections/index.ts';
import type { StatedTime } from '../metadata/status-text/stated-time.ts';
import { type StatusText, sectionsOf } from '../metadata/status-text/status-text.ts';
import { documentsOf } from './channels.ts';

/** One row of a statement's output, and where it stands. */
export interface Observation<K extends SectionKind = SectionKind> {
  readonly path: string;
  readonly row: SectionRows[K];
  /** Null where the text does not say when it was taken. */
  readonly takenAt: StatedTime | null;
}

/** A setting as the server said it, or as an option file asks for it. */
export interface ObservedSetting<N extends SettingName = SettingName> {
  readonly path: string;
  readonly setting: Setting<ReturnType<(typeof KNOWN_SETTINGS)[N]['parse']>>;
}

/** What texts say of one server, besides its files. */
export interface Observations {
  readonly texts: readonly MetadataDocument<'status-text'>[];
  readonly errorLogs: readonly MetadataDocument<'error-log'>[];
  /** Variables before option files: what a server has, before what it was told. */
  readonly settings: readonly MetadataDocument<'settings'>[];
}

export const observationsOf = (documents: readonly MetadataDocument[]): Observations => ({
  texts: documentsOf(documents, 'status-text'),
  errorLogs: documentsOf(documents, 'error-log'),
  settings: documentsOf(documents, 'settings').toSorted((a, b) => rank(a.value) - rank(b.value)),
});

const rank = ({ form }: Settings): number => (form === 'variables' ? 0 : 1);

/** All rows of one kind that the texts hold: in the order of their times as far as they state them. */
export const rowsOf = <K extends SectionKind>(
  { texts }: Observations,
  kind: K,
): readonly Observation<K>[] =>
  texts
    .flatMap(({ path, value }) =>
      sectionsOf(value as StatusText, kind).flatMap(({ rows, takenAt }) =>
        rows.map((row) => ({ path, row, takenAt })),
      ),
    )
    .toSorted((a, b) => compareTimes(a.takenAt, b.takenAt));

/** Zero where one of them is not told: the order of the texts stays. */
const compareTimes = (a: StatedTime | null, b: StatedTime | null): number =>
  a === null || b === null || a.text === b.text ? 0 : a.text < b.text ? -1 : 1;

/** A server's setting; null when no text says it. */
export const settingOf = <N extends SettingName>(
  { settings }: Observations,
  name: N,
): ObservedSetting<N> | null => {
  for (const { path, value } of settings) {
    const setting = value.settings[name];
    if (setting) return { path, setting: setting as ObservedSetting<N>['setting'] };
  }
  return null;
};

/** The version that texts name, newest witness first: variables, then the error log. */
export const versionSaid = (observed: Observations): string | null => {
  const said = settingOf(observed, 'version')?.setting.value;
  if (typeof said === 'string') return said;
  for (const { value } of observed.errorLogs) {
    const message = value.messages.findLast(({ details }) => details.serverVersion !== undefined);
    if (message?.details.serverVersion) return message.details.serverVersion;
  }
  return null;
};

import { isServerSection } from './option-file.ts';
import { isVertical, variableForm } from './variable-table.ts';

const isComment = (line: string): boolean => /^\s*(?:[#;]|$)/.test(line);

/**
 * `mysqld --verbose --help`: its table of values lies behind the options, further down than a head
 * reaches. Source: sql/mysqld.cc `usage`.
 */
const isVerboseHelp = (lines: readonly string[]): boolean =>
  /^\S{0,255}(?:mysqld|mariadbd)\S{0,64} +Ver \d/.test(lines[0] ?? '') &&
  lines.some((line) => line.startsWith('Default options are read from the following files'));

/** An option file with a section that a server reads, or a table of variables. */
export const isSettings = (lines: readonly string[]): boolean => {
  const first = lines.find((line) => !isComment(line)) ?? '';
  if (/^\s*(?:\uFEFF)?(?:\[|!include)/.test(first)) {
    return lines.some((line) => {
      const [, section] = /^\s*\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(line) ?? [];
      return section !== undefined && isServerSection(section.trim().toLowerCase(), null);
    });
  }
  return isVerboseHelp(lines) || isVertical(lines) || variableForm(lines) !== null;
};

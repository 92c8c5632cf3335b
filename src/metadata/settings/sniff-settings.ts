import { isServerSection } from './option-file.ts';
import { isVertical, variableForm } from './variable-table.ts';

const isComment = (line: string): boolean => /^\s*(?:[#;]|$)/.test(line);

/** An option file with a section that a server reads, or a table of variables. */
export const isSettings = (lines: readonly string[]): boolean => {
  const first = lines.find((line) => !isComment(line)) ?? '';
  if (/^\s*(?:\uFEFF)?(?:\[|!include)/.test(first)) {
    return lines.some((line) => {
      const [, section] = /^\s*\[([^\]]+)\]\s*(?:[#;].*)?$/.exec(line) ?? [];
      return section !== undefined && isServerSection(section.trim().toLowerCase(), null);
    });
  }
  return isVertical(lines) || variableForm(lines) !== null;
};

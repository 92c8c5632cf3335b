/** A line of the matrix: what looks like a failing and is none. */
export interface Line {
  /** Folders to scan, one by one: below `files/`, or from the root of the project. */
  readonly fixtures: readonly string[];
  /** Fails where a fixture does not hold what the line is about. */
  readonly holds: (folder: string) => void;
  /** Rules that have to find something all the same, each once: the scenario is one of theirs. */
  readonly finds?: readonly string[];
  /** 3 where what is encrypted cannot be judged. */
  readonly exit?: 0 | 1 | 3;
}

/** A folder of each server that a story was recorded on. */
export const on = (story: string, ...servers: readonly string[]): string[] =>
  servers.map((server) => `test/confounders/files/${story}/${server}`);

export const EVERYWHERE = ['mariadb', 'mysql-5.6', 'mysql'] as const;

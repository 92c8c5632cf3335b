/** Ids and folders, as of servers. */
interface Namesake {
  readonly id: number | null;
  readonly folder: string;
}

/**
 * What tells each of `servers` from the others that go by its id, or by none as it does: its folder,
 * below the folder that all servers have in common. Null where the id is enough, or folders tell
 * nothing.
 */
export const serverMarks = (servers: readonly Namesake[]): (string | null)[] => {
  const common = commonSegments(servers.map(segments));
  return servers.map((server) => {
    const folders = servers.filter(({ id }) => id === server.id).map(({ folder }) => folder);
    if (folders.filter((folder) => folder === server.folder).length === folders.length) return null;
    return segments(server).slice(common).join('/') || '.';
  });
};

const segments = ({ folder }: Namesake): string[] => folder.split('/');

/** How many names all of the paths begin with. */
const commonSegments = (paths: readonly (readonly string[])[]): number => {
  const [first = [], ...rest] = paths;
  const differs = first.findIndex((name, at) => rest.some((names) => names[at] !== name));
  return differs === -1 ? first.length : differs;
};

/** The folder of every input, with the slash that ends it; '' when they have none in common. */
export const commonFolder = ({
  inputs,
}: {
  readonly inputs: readonly { readonly path: string }[];
}): string => {
  const [first, ...rest] = inputs.map(({ path }) => path.split('/').slice(0, -1));
  if (first === undefined) return '';
  const differs = first.findIndex((name, at) => rest.some((names) => names[at] !== name));
  const folder = first.slice(0, differs === -1 ? first.length : differs).join('/');
  return folder === '' || folder === '.' ? '' : `${folder}/`;
};

/** `path` as seen from the inputs' common folder; one that lies elsewhere stays whole. */
export const shortPath = ({ folder }: { readonly folder: string }, path: string): string =>
  path.startsWith(folder) ? path.slice(folder.length) : path;

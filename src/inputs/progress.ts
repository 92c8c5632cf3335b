/** How far a scan has come. */
export interface Progress {
  readonly path: string;
  readonly doneBytes: number;
  /** 0 while nobody knows: standard input has no size. */
  readonly totalBytes: number;
}

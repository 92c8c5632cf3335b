/** Problems that are kept and told; a log full of faults has as many as it has events. */
const KEPT = 1000;

/** What could not be read: the first problems, and how many more there are. */
export class ProblemList {
  readonly kept: string[] = [];
  leftOut = 0;
  readonly #onProblem: (problem: string) => void;

  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem;
  }

  add(problem: string): void {
    if (this.kept.length >= KEPT) {
      this.leftOut += 1;
      return;
    }
    this.kept.push(problem);
    this.#onProblem(problem);
  }
}

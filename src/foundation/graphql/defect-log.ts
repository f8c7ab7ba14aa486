import { newId } from '../kernel/id.js';
import type { Logger } from '../log/log.js';

/** Gives defects the ids by which clients may report them, and logs each once, with its stack and its id. */
export class DefectLog {
  private readonly ids = new WeakMap<object, string>();

  constructor(private readonly log: Logger) {}

  /** The id of what was thrown. What breaks many fields at once is one defect, and has one id. */
  record(thrown: unknown, path: readonly (string | number)[] | undefined): string {
    const defect = typeof thrown === 'object' && thrown !== null ? thrown : new Error(String(thrown));
    const known = this.ids.get(defect);
    if (known !== undefined) return known;
    const errorId = newId();
    this.ids.set(defect, errorId);
    this.log.error({ errorId, path: path?.join('.'), err: defect }, 'a defect');
    return errorId;
  }
}

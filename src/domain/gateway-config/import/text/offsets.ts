/** Where the members of each object and list that was read from a text stand in it, by key or index. */
export class Offsets {
  private readonly members = new Map<object, Map<string, number>>();

  note(container: object, step: string, offset: number): void {
    const steps = this.members.get(container) ?? new Map<string, number>();
    steps.set(step, offset);
    this.members.set(container, steps);
  }

  /** The offset of what stands at the path, or of the innermost thing around it if there is no such. */
  find(root: unknown, path: readonly string[]): number {
    let [offset, value] = [0, root];
    for (const step of path) {
      const inside = this.members.get(value as object)?.get(step);
      if (inside === undefined) break;
      [offset, value] = [inside, (value as Readonly<Record<string, unknown>>)[step]];
    }
    return offset;
  }
}

/** Thrown where a text goes beyond plain YAML, or is none at all: it takes a full reader to tell. */
export class NotPlain extends Error {
  constructor(readonly offset: number) {
    super('not plain YAML');
    this.name = 'NotPlain';
  }
}

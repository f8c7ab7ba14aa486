/**
 * Makes something of a message once for all who ask for it under the same key. What is made lives as long as the message.
 * While it is being made, all wait for the one making; what failed, or is not to last, is made anew for the next.
 */
export class OnceEach<Message extends object, Made> {
  private readonly held = new WeakMap<Message, Map<string, Made | Promise<Made>>>();

  constructor(private readonly isLasting: (made: Made) => boolean = () => true) {}

  of(message: Message, key: string, make: () => Made): Made;
  of(message: Message, key: string, make: () => Made | Promise<Made>): Made | Promise<Made>;
  of(message: Message, key: string, make: () => Made | Promise<Made>): Made | Promise<Made> {
    const makings = this.held.get(message) ?? new Map<string, Made | Promise<Made>>();
    const known = makings.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.held.set(message, makings.set(key, made));
    if (made instanceof Promise) {
      made.then(
        (value) => (this.isLasting(value) ? makings.set(key, value) : makings.delete(key)),
        () => makings.delete(key),
      );
    }
    return made;
  }
}

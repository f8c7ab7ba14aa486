import { execute, type ExecutionArgs, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import { sha256 } from '../kernel/id.js';
import { canonicalJson, type Json } from '../kernel/json.js';
import type { Meter } from '../metrics/meter.js';
import { cursorVariable } from './cursor-variable.js';
import { OnceEach } from './once-each.js';

/** One operation, as it was asked for. */
export interface Operation extends ExecutionArgs {
  readonly definition: OperationDefinitionNode;
  /** The document as it was sent. */
  readonly text: string;
}

/** A message as the answer to an operation. */
export interface Payload {
  /** The JSON text of the protocol's `payload`, with which a message ends, and the brace that ends it. */
  readonly ending: Buffer;
  readonly hasErrors: boolean;
}

/** Makes a payload of a message. At once, if it is made already. */
export type MakePayload = (message: object) => Payload | Promise<Payload>;

/**
 * Turns messages into payloads: once for all of an audience who asked for them in the same words, with the same variables.
 * The cursor that each of them began with makes no difference to what a message says.
 */
export class Executions {
  /** What went wrong for one may go right for the next. */
  private readonly made = new OnceEach<object, Payload>(({ hasErrors }) => !hasErrors);

  /** `present` gives results the form that they have on the wire. */
  constructor(
    private readonly present: (result: ExecutionResult) => object,
    private readonly meter: Meter,
  ) {}

  /** What makes the payloads of one stream; for nobody else, unless there is an audience. */
  of(operation: Operation, audience: string | undefined): MakePayload {
    if (audience === undefined) return (message) => this.run(operation, message);
    const key = keyOf(operation, audience);
    return (message) => this.made.of(message, key, () => this.run(operation, message));
  }

  private async run(operation: Operation, message: object): Promise<Payload> {
    this.meter.count('signalbox_payloads_made_total');
    const result = await execute({ ...operation, rootValue: message });
    const ending = Buffer.from(`${JSON.stringify(this.present(result))}}`);
    return { ending, hasErrors: result.errors !== undefined };
  }
}

function keyOf(operation: Operation, audience: string): string {
  const { text, definition, variableValues } = operation;
  const cursor = cursorVariable(operation);
  const variables = Object.entries(variableValues ?? {}).filter(([name]) => name !== cursor);
  const name = definition.name?.value ?? null;
  const asked = [audience, text, name, Object.fromEntries(variables) as Json];
  return sha256(canonicalJson(asked)).toString('base64');
}

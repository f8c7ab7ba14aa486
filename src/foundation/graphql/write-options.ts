import { Field, InputType, Int } from 'type-graphql';
import type { ExecuteOptions } from '../commands/command.js';

/** What every mutation's input can carry. */
@InputType()
export abstract class WriteInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Any text of up to 200 characters, new for each write. A repetition with the same key answers what the first call answered, and does nothing again: retry with it when the outcome is unknown. A key is kept for 24 hours, unless the control plane is set otherwise.',
  })
  idempotencyKey?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it is done, for those who read the history: up to 500 characters, without control characters.',
  })
  reason?: string | null;
}

/** What the input of a write to a group's configuration can carry. */
@InputType()
export abstract class ConfigurationWriteInput extends WriteInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with REVISION_STALE unless the runtime group is at this revision.',
  })
  expectedRevision?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Check everything and answer what would change, but change nothing.',
  })
  dryRun?: boolean | null;
}

/** The one argument of every mutation. */
export const inputArgument = { description: 'What is to be done, and under which conditions.' };

/** The part of an input that is for the door. */
export function writeOptions(input: {
  readonly idempotencyKey?: string | null;
  readonly reason?: string | null;
  readonly expectedRevision?: number | null;
  readonly dryRun?: boolean | null;
}): ExecuteOptions {
  return {
    idempotencyKey: input.idempotencyKey ?? undefined,
    reason: input.reason ?? undefined,
    expectedRevision: input.expectedRevision ?? undefined,
    dryRun: input.dryRun ?? undefined,
  };
}

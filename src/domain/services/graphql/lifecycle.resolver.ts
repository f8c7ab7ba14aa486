import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { inputArgument } from '../../../foundation/graphql/write-options.js';
import { emptyImplementation } from '../implementation.js';
import { createVersion, promoteVersion, publishVersions, rollBack } from '../release.commands.js';
import {
  abortCanary,
  promoteCanary,
  shiftCanary,
  startCanary,
  updateConfiguration,
} from '../runtime-configuration.commands.js';
import {
  deleteVersion,
  deprecateVersion,
  republishVersion,
  unpublishVersion,
  updateVersion,
} from '../version.commands.js';
import { implementationPath, readImplementation } from './implementation.graphql.js';
import {
  CreateServiceVersionInput,
  DeleteServiceVersionInput,
  DeprecateServiceVersionInput,
  AbortCanaryInput,
  PromoteCanaryInput,
  PromoteServiceVersionInput,
  PublishServiceVersionInput,
  RollbackServiceInput,
  UnpublishServiceVersionInput,
  RepublishServiceVersionInput,
  ShiftCanaryInput,
  StartCanaryInput,
  UpdateRuntimeConfigurationInput,
  UpdateServiceVersionInput,
} from './lifecycle.graphql.js';
import { LifecyclePayload } from './lifecycle-payload.graphql.js';
import { readConditions, readSettings, readTarget, settingsPath } from './runtime-configuration.graphql.js';
import { writeLifecycle, writeToGroups } from './write-lifecycle.js';

/** Publications, and all that becomes of a version afterwards. */
@Resolver()
export class LifecycleResolver {
  @Mutation(() => LifecyclePayload, {
    description: 'Adds a version of a service whose versions live side by side. It is live at once.',
  })
  createServiceVersion(
    @Arg('input', () => CreateServiceVersionInput, inputArgument) input: CreateServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceId, runtimeGroupId, number, notes } = input;
    const command = {
      ...{ serviceId, runtimeGroupId, number, notes: notes ?? '' },
      implementation: { ...emptyImplementation, ...readImplementation(input.implementation) },
      settings: readSettings(input.runtimeConfiguration),
    };
    return done(
      writeLifecycle(context, input, { command: createVersion, given: command, nameInput: inputPlace }),
    );
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Changes what a version does, where that is not sealed, and its notes.',
  })
  updateServiceVersion(
    @Arg('input', () => UpdateServiceVersionInput, inputArgument) input: UpdateServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const given = {
      id: input.id,
      changes: readImplementation(input.implementation),
      notes: input.notes ?? undefined,
      runtimeGroupId: input.runtimeGroupId ?? undefined,
      expectedVersion: input.expectedVersion ?? undefined,
    };
    return done(
      writeLifecycle(context, input, {
        command: updateVersion,
        given,
        of: input.id,
        nameInput: implementationPlace,
      }),
    );
  }

  @Mutation(() => LifecyclePayload, {
    description:
      'Deletes a version of history; one that is live only by force, with all that makes it reachable.',
  })
  deleteServiceVersion(
    @Arg('input', () => DeleteServiceVersionInput, inputArgument) input: DeleteServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const given = { id: input.id, force: input.force === true };
    return done(writeLifecycle(context, input, { command: deleteVersion, given, of: input.id }));
  }

  @Mutation(() => LifecyclePayload, {
    description:
      'Publishes the templates of services to runtime groups, each under a number. What was live there becomes history.',
  })
  publishServiceVersion(
    @Arg('input', () => PublishServiceVersionInput, inputArgument) input: PublishServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const publications = input.publications.map(({ serviceId, number, notes, runtimeConfiguration }) => ({
      ...{ serviceId, number, notes: notes ?? null },
      settings: runtimeConfiguration ? readSettings(runtimeConfiguration) : null,
    }));
    const given = (runtimeGroupId: string) => ({ runtimeGroupId, publications });
    return done(writeToGroups(context, input, { command: publishVersions, given, nameInput: inputPlace }));
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Brings what is live in one runtime group to others, with the same number and content.',
  })
  promoteServiceVersion(
    @Arg('input', () => PromoteServiceVersionInput, inputArgument) input: PromoteServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceVersionId, runtimeConfiguration } = input;
    const settings = runtimeConfiguration ? readSettings(runtimeConfiguration) : null;
    const given = (runtimeGroupId: string) => ({ serviceVersionId, runtimeGroupId, settings });
    return done(writeToGroups(context, input, { command: promoteVersion, given, nameInput: inputPlace }));
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Takes a service back to a version, in one runtime group. It is a new revision forward.',
  })
  rollbackService(
    @Arg('input', () => RollbackServiceInput, inputArgument) input: RollbackServiceInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceId, runtimeGroupId, number } = input;
    const given = {
      ...{ serviceId, runtimeGroupId, number },
      restoresRuntimeConfiguration: input.restoreRuntimeConfiguration === true,
      allowNeverLive: input.allowNeverLive === true,
    };
    return done(writeLifecycle(context, input, { command: rollBack, given }));
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Says that a version will go: in the catalogue, and in the headers of its responses.',
  })
  deprecateServiceVersion(
    @Arg('input', () => DeprecateServiceVersionInput, inputArgument) input: DeprecateServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const deprecation = {
      date: input.date?.toISOString() ?? null,
      sunset: input.sunset?.toISOString() ?? null,
      successorId: input.successorId ?? null,
      message: input.message ?? '',
    };
    const given = { id: input.id, deprecation };
    return done(writeLifecycle(context, input, { command: deprecateVersion, given, of: input.id }));
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Takes a version out of the catalogue. It stays reachable for those who have access.',
  })
  unpublishServiceVersion(
    @Arg('input', () => UnpublishServiceVersionInput, inputArgument) input: UnpublishServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const given = { id: input.id };
    return done(writeLifecycle(context, input, { command: unpublishVersion, given, of: input.id }));
  }

  @Mutation(() => LifecyclePayload, { description: 'Brings a version back into the catalogue as any other.' })
  republishServiceVersion(
    @Arg('input', () => RepublishServiceVersionInput, inputArgument) input: RepublishServiceVersionInput,
    @Ctx() context: GraphqlContext,
  ) {
    const given = { id: input.id };
    return done(writeLifecycle(context, input, { command: republishVersion, given, of: input.id }));
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Changes what a service runs with in a runtime group, at any time, without a new version.',
  })
  updateRuntimeConfiguration(
    @Arg('input', () => UpdateRuntimeConfigurationInput, inputArgument)
    input: UpdateRuntimeConfigurationInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { id, hosts, pathPrefix, stripPathPrefix, target, expectedVersion } = input;
    const changes = {
      ...(hosts ? { hosts } : {}),
      ...(pathPrefix == null ? {} : { path_prefix: pathPrefix }),
      ...(stripPathPrefix == null ? {} : { strip_path_prefix: stripPathPrefix }),
      ...(target ? { target: readTarget(target) } : {}),
    };
    const given = { id, changes, expectedVersion: expectedVersion ?? undefined };
    return done(
      writeLifecycle(context, input, { command: updateConfiguration, given, nameInput: settingsPath }),
    );
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Sends a part of the requests of a live version to a second target.',
  })
  startCanary(
    @Arg('input', () => StartCanaryInput, inputArgument) input: StartCanaryInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceVersionId: id, target } = input;
    const conditions = readConditions(input.conditions);
    const weight = input.weight ?? (conditions.length > 0 ? 100 : 0);
    const given = { id, canary: { target: readTarget(target), weight, conditions } };
    return done(
      writeLifecycle(context, input, { command: startCanary, given, of: id, nameInput: canaryPlace }),
    );
  }

  @Mutation(() => LifecyclePayload, { description: 'Gives a canary another share of the requests.' })
  shiftCanary(
    @Arg('input', () => ShiftCanaryInput, inputArgument) input: ShiftCanaryInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceVersionId: id, weight } = input;
    return done(
      writeLifecycle(context, input, {
        command: shiftCanary,
        given: { id, weight },
        of: id,
        nameInput: canaryPlace,
      }),
    );
  }

  @Mutation(() => LifecyclePayload, {
    description: 'Makes the target of a canary the target of all requests.',
  })
  promoteCanary(
    @Arg('input', () => PromoteCanaryInput, inputArgument) input: PromoteCanaryInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceVersionId: id } = input;
    return done(
      writeLifecycle(context, input, {
        command: promoteCanary,
        given: { id },
        of: id,
        nameInput: canaryPlace,
      }),
    );
  }

  @Mutation(() => LifecyclePayload, { description: 'Sends all requests to the first target again.' })
  abortCanary(
    @Arg('input', () => AbortCanaryInput, inputArgument) input: AbortCanaryInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { serviceVersionId: id } = input;
    return done(
      writeLifecycle(context, input, { command: abortCanary, given: { id }, of: id, nameInput: canaryPlace }),
    );
  }
}

/** A refused write has no versions, and asks nobody. */
async function done(answer: Promise<object>): Promise<object> {
  return { serviceVersions: [], approvalRequests: [], ...(await answer) };
}

function implementationPlace(path: readonly string[]): readonly string[] {
  const parts = ['settings', 'routes', 'plugins'];
  return parts.includes(path[0] ?? '') ? ['implementation', ...implementationPath(path)] : path;
}

function canaryPlace([first, ...rest]: readonly string[]): readonly string[] {
  if (first === 'id') return ['serviceVersionId', ...rest];
  return first === undefined ? [] : settingsPath([first, ...rest]);
}

/** Problems of a runtime configuration and of an implementation are told in the names of their inputs. */
function inputPlace(path: readonly string[]): readonly string[] {
  const at = path.indexOf('runtimeConfiguration');
  if (at >= 0) return [...path.slice(0, at + 1), ...settingsPath(path.slice(at + 1))];
  if (path[0] === 'implementation') return ['implementation', ...implementationPath(path.slice(1))];
  return path;
}

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { toConnection } from '../../../foundation/graphql/connection.js';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { Label, labelList } from '../../../foundation/graphql/labels.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import { askedList, type ListArguments } from '../../../foundation/graphql/list-arguments.js';
import { payload } from '../../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../../foundation/graphql/write-options.js';
import { mapPage } from '../../../foundation/postgres/list.js';
import { ConfigDifference, withCollection } from '../../gateway-config/index.js';
import type { Labels } from '../../runtime-groups/index.js';
import { emptyImplementation } from '../implementation.js';
import {
  createService,
  deleteService,
  resetServiceTemplate,
  updateService,
  updateServiceTemplate,
} from '../service.commands.js';
import type { Service } from '../service.js';
import { servicesByKey, servicesPage } from '../services.queries.js';
import { templateDifferences } from '../template.queries.js';
import { oneServiceKeyNeeded } from '../services.refusals.js';
import { implementationPath, readImplementation, showImplementation } from './implementation.graphql.js';
import {
  CreateServiceInput,
  DeleteServiceInput,
  ResetServiceTemplateInput,
  ServiceArguments,
  ServiceConnection,
  ServiceListArguments,
  ServicePayload,
  ServiceTemplate,
  ServiceType,
  UpdateServiceInput,
  UpdateServiceTemplateInput,
} from './service.graphql.js';

function nodeOf({ template, ...service }: Service) {
  return {
    ...service,
    __typename: 'Service' as const,
    template: template && templateNode(service.id, template),
  };
}

function templateNode(
  serviceId: string,
  { implementation, digest, version }: NonNullable<Service['template']>,
) {
  return {
    serviceId,
    version,
    digest: digest.toString('hex'),
    /** Made only if it is asked for. */
    get implementation() {
      return showImplementation(implementation);
    },
  };
}

type ServiceNode = ReturnType<typeof nodeOf>;

/** Services by id or by name, all of a level by one statement; null for what is not there for the actor. */
export function loadService(
  context: GraphqlContext,
  key: string,
  by: 'id' | 'name' = 'id',
): Promise<ServiceNode | null> {
  const loader = levelLoader(context, `service by ${by}`, async (keys) => {
    const services = await context.ask(servicesByKey, { by, keys });
    return services.map((service) => (service ? nodeOf(service) : null));
  });
  return loader.load(key);
}

@Resolver(() => ServiceType)
export class ServiceResolver {
  @Query(() => ServiceType, { nullable: true, description: 'One service, or null if there is none for you.' })
  service(@Args(() => ServiceArguments) { id, name }: ServiceArguments, @Ctx() context: GraphqlContext) {
    if ((id == null) === (name == null)) throw oneServiceKeyNeeded({});
    return id == null ? loadService(context, name as string, 'name') : loadService(context, id);
  }

  @Query(() => ServiceConnection, { description: 'The services that you may see.' })
  async services(
    @Args(() => ServiceListArguments) args: ListArguments,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return toConnection(mapPage(await context.ask(servicesPage, askedList(args, info)), nodeOf));
  }

  @FieldResolver(() => [Label])
  labels(@Root() service: { readonly labels: Labels }): Label[] {
    return labelList(service.labels);
  }

  @Mutation(() => ServicePayload, {
    description: 'Adds a service to the catalogue. Nothing of it is reachable yet.',
  })
  createService(
    @Arg('input', () => CreateServiceInput, inputArgument) input: CreateServiceInput,
    @Ctx() context: GraphqlContext,
  ) {
    const { name, description, labels, releasePolicy, template } = input;
    const draft = template ? { ...emptyImplementation, ...readImplementation(template) } : null;
    return written(context, async () => {
      const command = { name, description: description ?? '', releasePolicy, template: draft };
      const labelled = { ...command, labels: labels ?? [] };
      return context.execute(createService, labelled, writeOptions(input));
    });
  }

  @Mutation(() => ServicePayload, { description: 'Renames, describes or labels a service.' })
  updateService(
    @Arg('input', () => UpdateServiceInput, inputArgument) input: UpdateServiceInput,
    @Ctx() context: GraphqlContext,
  ) {
    return written(context, async () => {
      const command = {
        id: input.id,
        name: input.name ?? undefined,
        description: input.description ?? undefined,
        labels: input.labels ?? undefined,
        expectedVersion: input.expectedVersion ?? undefined,
      };
      return context.execute(updateService, command, writeOptions(input));
    });
  }

  @Mutation(() => ServicePayload, {
    description: 'Deletes a service with the history of its versions. Refused while one is live.',
  })
  deleteService(
    @Arg('input', () => DeleteServiceInput, inputArgument) input: DeleteServiceInput,
    @Ctx() context: GraphqlContext,
  ) {
    return payload(async () => {
      const { id, expectedVersion } = input;
      const service = await loadService(context, id);
      const command = { id, expectedVersion: expectedVersion ?? undefined };
      const { revision } = await context.execute(deleteService, command, writeOptions(input));
      return { service, revision };
    });
  }

  @Mutation(() => ServicePayload, {
    description: 'Changes the template of a service. Nothing that is published changes.',
  })
  updateServiceTemplate(
    @Arg('input', () => UpdateServiceTemplateInput, inputArgument) input: UpdateServiceTemplateInput,
    @Ctx() context: GraphqlContext,
  ) {
    return written(context, async () => {
      const { serviceId, implementation, expectedVersion } = input;
      const changes = readImplementation(implementation);
      const command = { serviceId, changes, expectedVersion: expectedVersion ?? undefined };
      return context.execute(updateServiceTemplate, command, writeOptions(input));
    });
  }

  @Mutation(() => ServicePayload, {
    description: 'Makes the template of a service what one of its versions is.',
  })
  resetServiceTemplate(
    @Arg('input', () => ResetServiceTemplateInput, inputArgument) input: ResetServiceTemplateInput,
    @Ctx() context: GraphqlContext,
  ) {
    return written(context, async () => {
      const { serviceId, serviceVersionId, expectedVersion } = input;
      const command = { serviceId, serviceVersionId, expectedVersion: expectedVersion ?? undefined };
      return context.execute(resetServiceTemplate, command, writeOptions(input));
    });
  }
}

@Resolver(() => ServiceTemplate)
export class ServiceTemplateResolver {
  @FieldResolver(() => [ConfigDifference], {
    description:
      'What would change if the template took the place of a version: of one that is named, or of what is live in a runtime group.',
  })
  async differences(
    @Root() { serviceId }: { readonly serviceId: string },
    @Ctx() context: GraphqlContext,
    @Arg('serviceVersionId', () => ID, { nullable: true, description: 'The version to compare with.' })
    version?: string | null,
    @Arg('runtimeGroupId', () => ID, {
      nullable: true,
      description: 'The runtime group whose live version to compare with.',
    })
    group?: string | null,
  ) {
    const asked = { serviceId, serviceVersionId: version ?? null, runtimeGroupId: group ?? null };
    const differences = await context.ask(templateDifferences, asked);
    return differences.map(withCollection);
  }
}

function written(
  context: GraphqlContext,
  execute: () => Promise<{ readonly result: { readonly id: string }; readonly revision: number }>,
): Promise<object> {
  return payload(async () => {
    const { result, revision } = await execute();
    return { service: await loadService(context, result.id), revision };
  }, templatePath);
}

/** What is wrong with a template is told at the part of the input that gives it. */
function templatePath(path: readonly string[]): readonly string[] {
  const [first, ...rest] = path;
  return first === 'template' ? [first, ...implementationPath(rest)] : path;
}

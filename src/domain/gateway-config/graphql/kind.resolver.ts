import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Resolver, Root, type ClassType } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { levelLoader } from '../../../foundation/graphql/level-loader.js';
import type { ListArguments } from '../../../foundation/graphql/list-arguments.js';
import { listField } from '../../../foundation/graphql/list-field.js';
import { payload } from '../../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../../foundation/graphql/write-options.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { mapPage } from '../../../foundation/postgres/list.js';
import {
  loadGroup,
  loadGroupAt,
  loadMoment,
  RuntimeGroupType,
  type AsOfInput,
  type Moment,
} from '../../runtime-groups/index.js';
import type { Change } from '../apply-changes.js';
import type { ConfigEntity } from '../config-entity.js';
import { referenceIn, type FieldType } from '../field.js';
import { writeConfiguration, type ConfigurationWritten } from '../gateway-config.commands.js';
import {
  entitiesById,
  entitiesThen,
  entityPages,
  generatedValues,
  groupOfEntity,
  type EntityParents,
  type EntityThen,
} from '../gateway-config.queries.js';
import { generatedFields } from '../given-fields.js';
import type { Kind } from '../kind.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { camelCase, schemaName } from '../schema-names.js';
import { draftNode, inputPath, nodeOf, toDocument, type EntityNode } from './documents.js';
import { entityField, typesOf } from './kind-types.js';
import { withCollection } from './with-collection.js';

type Input = Readonly<Record<string, unknown>>;

/** The mutations of a kind, and the edges from it to what it refers to and to what refers to it. */
export function kindResolver(kind: Kind): ClassType {
  const types = typesOf(kind);

  @Resolver(() => types.object)
  class KindResolver {
    @Mutation(() => types.createPayload, {
      name: `create${kind.typeName}`,
      description: `Adds a ${kind.typeName} to a runtime group.`,
    })
    create(
      @Arg('input', () => types.createInput, inputArgument) input: Input,
      @Ctx() context: GraphqlContext,
    ) {
      const id = (input['id'] ?? undefined) as string | undefined;
      const change = {
        is: 'create',
        kind: kind.name,
        id,
        fields: toDocument(kind, input),
        origin: [],
      } as const;
      return write(kind, context, input, change);
    }

    @Mutation(() => types.updatePayload, {
      name: `update${kind.typeName}`,
      description: `Changes a ${kind.typeName}. What is absent stays as it is; null asks for the default.`,
    })
    update(
      @Arg('input', () => types.updateInput, inputArgument) input: Input,
      @Ctx() context: GraphqlContext,
    ) {
      const id = input['id'] as string;
      const change = {
        is: 'update',
        kind: kind.name,
        id,
        fields: toDocument(kind, input),
        origin: [],
      } as const;
      return write(kind, context, input, change);
    }

    @Mutation(() => types.deletePayload, {
      name: `delete${kind.typeName}`,
      description: `Deletes a ${kind.typeName}. Refused while something refers to it, unless with \`cascade\`.`,
    })
    delete(
      @Arg('input', () => types.deleteInput, inputArgument) input: Input,
      @Ctx() context: GraphqlContext,
    ) {
      const change = { is: 'delete', kind: kind.name, id: input['id'] as string, origin: [] } as const;
      return write(kind, context, input, change);
    }
  }

  addFieldResolver(KindResolver, groupField, ({ runtimeGroupId, moment }, context) =>
    moment ? loadGroupAt(context, moment) : loadGroup(context, runtimeGroupId),
  );
  for (const [name, { type, description }] of Object.entries(kind.fields)) {
    if (referenceIn(type)) addReference(KindResolver, { name, type, description });
  }
  for (const referrer of kinds) addReferrers(KindResolver, kind, referrer);
  return KindResolver;
}

function write(kind: Kind, context: GraphqlContext, input: Input, change: Change): Promise<object> {
  return payload(async () => {
    const runtimeGroupId = (input['runtimeGroupId'] ?? null) as string | null;
    const cascade = input['cascade'] === true;
    const command = { runtimeGroupId, cascade, changes: [change] };
    // What a deletion answers is gone afterwards.
    const before = change.is === 'delete' ? await findEntity(context, change.id) : undefined;
    const { result, revision } = await context.execute(writeConfiguration, command, writeOptions(input));
    const written = result as unknown as ConfigurationWritten;
    const entity = before ?? (await findEntity(context, written.ids[0] as string));
    return {
      [entityField(kind)]: writtenNode(kind, { ...written, revision }, entity),
      generated:
        entity?.revision === revision && input['dryRun'] !== true
          ? await generatedIn(change, entity, context)
          : null,
      revision,
      warnings: written.warnings,
      changes: written.changes.map(withCollection),
    };
  }, inputPath(kind));
}

async function findEntity(context: GraphqlContext, id: string): Promise<ConfigEntity | undefined> {
  return (await context.ask(entitiesById, [id]))[0];
}

/** The entity as the write left it; after a dry run, as it would; after a deletion, as it was. */
function writtenNode(
  kind: Kind,
  { ids, changes, ...made }: ConfigurationWritten & { readonly revision: number },
  entity: ConfigEntity | undefined,
): EntityNode | null {
  const id = ids[0] as string;
  const change = changes.find((each) => each.id === id);
  const document = (change?.after ?? change?.before ?? entity?.document ?? null) as JsonObject | null;
  if (!document) return null;
  return entity ? nodeOf({ ...entity, document }) : draftNode({ kind: kind.name, id, document }, made);
}

/**
 * What was generated for the entity, from the entity as this very write left it: had it been changed since, or was the
 * write a trial, secrets of others would come to light.
 */
async function generatedIn(
  change: Change,
  entity: ConfigEntity,
  context: GraphqlContext,
): Promise<JsonObject | null> {
  if (change.is === 'delete') return null;
  const names = generatedFields(kindNamed(entity.kind), change.fields, change.is);
  const values = names.length === 0 ? {} : await context.ask(generatedValues, { entity, names });
  return Object.keys(values).length === 0 ? null : values;
}

/** A field that is added to a class after it was declared. */
interface AddedField {
  readonly name: string;
  readonly type: () => ClassType | [ClassType];
  readonly nullable: boolean;
  readonly description: string;
}

const groupField: AddedField = {
  name: 'runtimeGroup',
  type: () => RuntimeGroupType,
  nullable: false,
  description: 'The runtime group that it belongs to.',
};

/** The edge from an entity to the one that a field refers to, or to all of them. */
function addReference(
  target: ClassType,
  reference: { name: string; type: FieldType; description: string },
): void {
  const { name, type, description } = reference;
  const idField = schemaName(name, type);
  const object = (): ClassType => typesOf(kindNamed(referenceIn(type)?.to ?? '')).object;
  const field = { name: camelCase(name), description };
  if (type.is === 'list') {
    addFieldResolver(target, { ...field, type: () => [object()], nullable: false }, async (node, context) => {
      const ids = (node[idField] ?? []) as readonly string[];
      const entities = await Promise.all(ids.map((id) => loadEntity(context, id, node.moment)));
      return entities.filter((entity) => entity !== null);
    });
    return;
  }
  addFieldResolver(target, { ...field, type: object, nullable: true }, (node, context) => {
    const id = node[idField] as string | undefined;
    return id === undefined ? null : loadEntity(context, id, node.moment);
  });
}

function addFieldResolver(
  target: ClassType,
  { name, type, nullable, description }: AddedField,
  resolve: (node: EntityNode, context: GraphqlContext) => unknown,
): void {
  const prototype = target.prototype as Record<string, unknown>;
  prototype[name] = resolve;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  Root()(prototype, name, 0);
  Ctx()(prototype, name, 1);
  FieldResolver(() => type(), { nullable, description })(prototype, name, descriptor as never);
}

/** Entities by id, as they are or as they were at a moment, all of a level by one statement. */
export function loadEntity(context: GraphqlContext, id: string, moment?: Moment): Promise<EntityNode | null> {
  if (moment) return entityThenLoader(context).load(thenKey(id, moment));
  const loader = levelLoader(context, 'config-entity', async (ids) => {
    const entities = await context.ask(entitiesById, ids);
    return entities.map((entity) => (entity ? nodeOf(entity) : null));
  });
  return loader.load(id);
}

/** An entity as it was at a place in the history of the group that it is in or, if it is gone, was in. */
export async function loadEntityThen(
  context: GraphqlContext,
  id: string,
  asOf: AsOfInput,
): Promise<EntityNode | null> {
  const runtimeGroupId = await context.ask(groupOfEntity, id);
  if (runtimeGroupId === undefined) return null;
  return loadEntity(context, id, await loadMoment(context, runtimeGroupId, asOf));
}

function entityThenLoader(context: GraphqlContext) {
  return levelLoader(context, 'config-entity then', async (keys) => {
    const asked = keys.map(thenOf);
    const entities = await context.ask(entitiesThen, asked);
    return entities.map((entity, index) => (entity ? nodeOf(entity, asked[index]?.moment) : null));
  });
}

/** What is read at a moment goes through loaders together with the moment. */
function thenKey(id: string, moment: Moment): string {
  return JSON.stringify({ id, moment } satisfies EntityThen);
}

function thenOf(key: string): EntityThen {
  return JSON.parse(key) as EntityThen;
}

/** The edges from an entity to those of a kind that refer to it: `GatewayService.routes`. */
function addReferrers(target: ClassType, kind: Kind, referrer: Kind): void {
  const fields = Object.entries(referrer.fields).filter(
    ([, { type }]) => referenceIn(type)?.to === kind.name,
  );
  for (const [field] of fields) {
    addList(target, referrer, {
      name: camelCase(referrer.listField),
      edge: `${kind.typeName}.${field}.${referrer.collection}`,
      description: `The ${camelCase(referrer.listField)} that refer to it.`,
      parents: (ids) => ({ of: 'reference', field, ids }),
    });
  }
}

export interface EntityEdge {
  readonly name: string;
  readonly edge: string;
  readonly description: string;
  readonly parents: (ids: readonly string[]) => EntityParents;
}

/** A group, or an entity: what has lists of entities. */
interface ListParent {
  readonly id: string;
  readonly runtimeGroupId?: string;
  readonly moment?: Moment;
}

type EntityListArguments = ListArguments & { readonly asOf?: AsOfInput | null };

/** A connection field to entities of a kind, on any type that has an id. */
export function addList(
  target: ClassType,
  kind: Kind,
  { name, edge, description, parents }: EntityEdge,
): void {
  const types = typesOf(kind);
  const prototype = target.prototype as Record<string, unknown>;
  prototype[name] = async (
    parent: ListParent,
    args: EntityListArguments,
    context: GraphqlContext,
    info: GraphQLResolveInfo,
  ) => {
    const field = { args, context, info };
    const moment = args.asOf
      ? await loadMoment(context, parent.runtimeGroupId ?? parent.id, args.asOf)
      : parent.moment;
    if (moment) {
      const then = { ...field, edge: `${edge} then`, parentId: thenKey(parent.id, moment) };
      return listField(then, async (keys, asked) => {
        const places = keys.map(thenOf);
        const at = places.map((place) => place.moment);
        const of = parents(places.map((place) => place.id));
        const pages = await context.ask(entityPages, { ...asked, kind: kind.name, of, at });
        return pages.map((page, index) => mapPage(page, (entity) => nodeOf(entity, at[index])));
      });
    }
    return listField({ ...field, edge, parentId: parent.id }, async (ids, asked) => {
      const pages = await context.ask(entityPages, { ...asked, kind: kind.name, of: parents(ids) });
      return pages.map((page) => mapPage(page, (entity) => nodeOf(entity)));
    });
  };
  Root()(prototype, name, 0);
  Args(() => types.listArguments)(prototype, name, 1);
  Ctx()(prototype, name, 2);
  Info()(prototype, name, 3);
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  FieldResolver(() => types.connection, { description })(prototype, name, descriptor as never);
}

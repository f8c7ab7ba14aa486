import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription, type ClassType } from 'type-graphql';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { payload } from '../../../foundation/graphql/user-error.js';
import { inputArgument, writeOptions } from '../../../foundation/graphql/write-options.js';
import { mapMessages } from '../../../foundation/live/map-messages.js';
import {
  asOfDescription,
  AsOfInput,
  loadGroup,
  loadMoment,
  RuntimeGroupType,
} from '../../runtime-groups/index.js';
import { exportConfiguration, exportWithSecrets, type ExportPorts } from '../export/export.queries.js';
import { configChanges, type ConfigurationPorts } from '../gateway-config.watches.js';
import { importConfiguration, type Imported } from '../import.commands.js';
import { kinds } from '../kinds/index.js';
import { camelCase } from '../schema-names.js';
import { configMessage } from './config-messages.js';
import { ConfigMessage } from './config-stream.graphql.js';
import {
  ConfigurationForm,
  ConfigurationNotation,
  GatewayEdition,
  ExportedConfiguration,
  ImportConfigurationInput,
  ImportConfigurationPayload,
} from './configuration.graphql.js';
import { addList } from './kind.resolver.js';
import { withCollection } from './with-collection.js';

interface ConfigChangesArguments {
  readonly runtimeGroupId: string;
  readonly after?: string | null;
  readonly kinds?: readonly string[] | null;
  readonly tags?: readonly string[] | null;
}

/** The lists of entities that every runtime group has, one for each kind, and what concerns a configuration as a whole. */
export function configurationResolver(ports: ConfigurationPorts & ExportPorts): ClassType {
  const watch = configChanges(ports);
  const exported = exportConfiguration(ports.pictures);
  const exportedWithSecrets = exportWithSecrets(ports.pictures, ports.recordExport);

  @Resolver(() => RuntimeGroupType)
  class ConfigurationResolver {
    // eslint-disable-next-line max-params -- each argument of the field is a parameter
    @Query(() => ExportedConfiguration, {
      description:
        'The configuration of a runtime group as a declarative file, to be loaded, kept or imported. The file is one text; over HTTP, GET /v1/runtime-groups/:id/configuration sends the same one in parts.',
    })
    async exportConfiguration(
      @Arg('runtimeGroupId', () => ID, { description: 'The group to export.' }) runtimeGroupId: string,
      @Arg('form', () => ConfigurationForm, {
        defaultValue: ConfigurationForm.FLAT,
        description: 'How to write it down.',
      })
      form: ConfigurationForm,
      @Arg('selectTags', () => [String], {
        nullable: true,
        description: 'Only what has all of these tags.',
      })
      selectTags: readonly string[] | null,
      @Arg('withSecrets', () => Boolean, {
        defaultValue: false,
        description: 'Whether secrets stand there in clear, which takes a right of its own and is recorded.',
      })
      withSecrets: boolean,
      @Arg('notation', () => ConfigurationNotation, {
        defaultValue: ConfigurationNotation.YAML,
        description: 'The language of the file.',
      })
      notation: ConfigurationNotation,
      @Arg('edition', () => GatewayEdition, {
        defaultValue: GatewayEdition.ENTERPRISE,
        description: 'The gateway that a flat file is for. A nested one always has everything.',
      })
      edition: GatewayEdition,
      @Ctx() context: GraphqlContext,
      @Arg('asOf', () => AsOfInput, { nullable: true, description: asOfDescription }) asOf?: AsOfInput | null,
    ) {
      const moment = asOf ? await loadMoment(context, runtimeGroupId, asOf) : null;
      const parts: string[] = [];
      const sink = { begin: () => undefined, write: async (text: string) => void parts.push(text) };
      const request = { runtimeGroupId, form, notation, edition, selectTags: selectTags ?? [], moment, sink };
      const told = await context.ask(withSecrets ? exportedWithSecrets : exported, request);
      return { ...told, document: parts.join('') };
    }

    @Mutation(() => ImportConfigurationPayload, {
      description:
        'Brings declarative files into a runtime group: adds what is new, changes what differs, and, if asked to, deletes what is not there, in one revision, or nothing at all.',
    })
    importConfiguration(
      @Arg('input', () => ImportConfigurationInput, inputArgument) input: ImportConfigurationInput,
      @Ctx() context: GraphqlContext,
    ) {
      return payload(async () => {
        const { runtimeGroupId, mode, selectTags } = input;
        const documents = input.documents.map(({ name, content }) => ({ name, content }));
        const command = { runtimeGroupId, documents, mode, selectTags: selectTags ?? [] };
        const { result, revision } = await context.execute(importConfiguration, command, writeOptions(input));
        const { summary, changes, referred, warnings } = result as unknown as Imported;
        return {
          runtimeGroup: await loadGroup(context, runtimeGroupId),
          revision,
          summary,
          changes: changes.map(withCollection),
          referred,
          warnings,
        };
      });
    }

    // eslint-disable-next-line max-params -- each argument of the field is a parameter
    @Subscription(() => ConfigMessage, {
      description:
        'The configuration of a runtime group, or some of it: a snapshot, or what was missed since a cursor, then each revision as it commits, whole. An entity that comes to be among what is asked for is told as one that was made, one that ceases to be as one that was deleted (docs/watch-protocol.md).',
      subscribe: async ({ args, context }) => {
        const { runtimeGroupId, after = null, kinds = null, tags } = args as ConfigChangesArguments;
        const asked = { runtimeGroupId, after, kinds, tags: tags ?? [] };
        const messages = await (context as GraphqlContext).watch(watch, asked);
        return mapMessages(messages, configMessage) as never;
      },
    })
    configChanges(
      @Root() message: object,
      @Arg('runtimeGroupId', () => ID, { description: 'The group to follow.' }) _id: string,
      @Arg('after', () => String, {
        nullable: true,
        description: 'The last cursor that you have. Without one, a snapshot comes first.',
      })
      _after?: string | null,
      @Arg('kinds', () => [String], {
        nullable: true,
        description: 'Only entities of these kinds, as `route`. Null: of all kinds.',
      })
      _kinds?: readonly string[] | null,
      @Arg('tags', () => [String], {
        nullable: true,
        description: 'Only entities that have all of these tags.',
      })
      _tags?: readonly string[] | null,
    ): typeof ConfigMessage {
      return message as never;
    }
  }

  for (const kind of kinds) {
    addList(ConfigurationResolver, kind, {
      name: camelCase(kind.listField),
      edge: `RuntimeGroup.${kind.collection}`,
      description: `The ${kind.typeName} entities of its configuration.`,
      parents: (ids) => ({ of: 'group', ids }),
    });
  }
  return ConfigurationResolver;
}

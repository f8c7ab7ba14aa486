import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { ConfigurationWriteInput } from '../../../foundation/graphql/write-options.js';
import { RuntimeGroupType } from '../../runtime-groups/index.js';
import { ConfigChange } from './config-change.graphql.js';
import { ConfigurationWarning, warningsField } from './warning.graphql.js';

export enum ConfigurationForm {
  FLAT = 'FLAT',
  NESTED = 'NESTED',
}
registerEnumType(ConfigurationForm, {
  name: 'ConfigurationForm',
  description: 'How a configuration is written down.',
  valuesConfig: {
    FLAT: {
      description:
        'For gateways: each kind in an array of its own, everything with its id, references as ids.',
    },
    NESTED: {
      description:
        'For people, as decK writes it: routes within their gateway service, credentials within their consumer, and so on; references by name, and no ids but for what no name leads to.',
    },
  },
});

export enum ConfigurationNotation {
  YAML = 'YAML',
  JSON = 'JSON',
}
registerEnumType(ConfigurationNotation, {
  name: 'ConfigurationNotation',
  description: 'The language that a configuration is written in. Gateways and imports read both.',
  valuesConfig: {
    YAML: { description: 'For people too.' },
    JSON: { description: 'For programs: one entity, with what stands in it, on each line.' },
  },
});

export enum GatewayEdition {
  OPEN_SOURCE = 'OPEN_SOURCE',
  ENTERPRISE = 'ENTERPRISE',
}
registerEnumType(GatewayEdition, {
  name: 'GatewayEdition',
  description: 'What a gateway is. It refuses a whole file for a part that it does not know.',
  valuesConfig: {
    OPEN_SOURCE: {
      description:
        'Kong Gateway without Enterprise, which has no consumer groups: they are left out, and so are plugins that are limited to one.',
    },
    ENTERPRISE: { description: 'Kong Gateway with Enterprise, which takes everything.' },
  },
});

export enum ImportMode {
  APPLY = 'APPLY',
  SYNC = 'SYNC',
}
registerEnumType(ImportMode, {
  name: 'ImportMode',
  description: 'How far an import goes.',
  valuesConfig: {
    APPLY: { description: 'Adds what is new, and changes what differs.' },
    SYNC: { description: 'Also deletes what is in none of the files, as far as it has the select tags.' },
  },
});

@ObjectType({
  description: 'A configuration at one revision, as a declarative file.',
  simpleResolvers: true,
})
export class ExportedConfiguration {
  @Field(() => ID, { description: 'The runtime group whose configuration it is.' })
  runtimeGroupId!: string;

  @Field(() => Int, { description: 'The revision that the file holds.' })
  revision!: number;

  @Field(() => String, { description: 'The hash of the whole configuration, in hex.' })
  configHash!: string;

  @Field(() => String, {
    description:
      'The text of the file: YAML, or JSON if that was asked for, in Kong’s format 3.0. The same configuration gives the same bytes. Unless they were asked for, secrets are `***` and their fingerprints, which an import into the same group leaves as they are.',
  })
  document!: string;
}

@InputType({ description: 'A declarative file.' })
export class ConfigurationDocumentInput {
  @Field(() => String, { description: 'What to call the file in messages.' })
  name!: string;

  @Field(() => String, {
    description: 'The text of the file: YAML or JSON in the format of Kong or decK, 3.0.',
  })
  content!: string;
}

@InputType({
  description: 'Declarative files to bring into a runtime group, as one revision or not at all.',
})
export class ImportConfigurationInput extends ConfigurationWriteInput {
  @Field(() => ID, { description: 'The runtime group to bring them into.' })
  runtimeGroupId!: string;

  @Field(() => [ConfigurationDocumentInput], {
    description: 'The files. They are read as one: what one names, another may refer to.',
  })
  documents!: ConfigurationDocumentInput[];

  @Field(() => ImportMode, { defaultValue: ImportMode.APPLY, description: 'How far it goes.' })
  mode!: ImportMode;

  @Field(() => [String], {
    nullable: true,
    description:
      'What the files are about: everything in them gets these tags, and nothing without all of them is changed or deleted. Without it, the tags that the files name in `_info.select_tags`; without these, the whole group.',
  })
  selectTags?: readonly string[] | null;
}

@ObjectType({ description: 'How much an import does.', simpleResolvers: true })
export class ImportSummary {
  @Field(() => Int, { description: 'Entities that are new.' })
  created!: number;

  @Field(() => Int, { description: 'Entities that were changed.' })
  updated!: number;

  @Field(() => Int, { description: 'Entities that were deleted.' })
  deleted!: number;

  @Field(() => Int, { description: 'Entities of the files that were there already, just so.' })
  unchanged!: number;
}

@ObjectType({
  description: 'An entity that changes refer to, and that is not changed itself.',
  simpleResolvers: true,
})
export class ReferredEntity {
  @Field(() => ID, { description: 'The id of the entity.' })
  id!: string;

  @Field(() => String, { description: 'The kind of the entity, as `gateway_service`.' })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name by which files refer to it. Null if it has none.',
  })
  name!: string | null;
}

@ObjectType({ description: 'The answer to an import.', simpleResolvers: true })
export class ImportConfigurationPayload {
  @Field(() => RuntimeGroupType, {
    nullable: true,
    description: 'The group as it is now. Null if the import was refused.',
  })
  runtimeGroup?: object | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The one revision that the import produced; the current one if there was nothing to change, or on a dry run. Null if the import was refused.',
  })
  revision?: number | null;

  @Field(() => ImportSummary, {
    nullable: true,
    description: 'How much it does. Null if the import was refused.',
  })
  summary?: ImportSummary | null;

  @Field(() => [ConfigChange], {
    nullable: true,
    description: 'Everything that was, or on a dry run would be, changed. Null if the import was refused.',
  })
  changes?: readonly ConfigChange[] | null;

  @Field(() => [ReferredEntity], {
    nullable: true,
    description: 'What the changes refer to and leave as it is. Null if the import was refused.',
  })
  referred?: readonly ReferredEntity[] | null;

  @Field(() => [ConfigurationWarning], {
    nullable: true,
    description: warningsField.description,
  })
  warnings?: readonly ConfigurationWarning[] | null;

  @Field(() => [UserError], {
    description:
      'Why the import was refused, each problem with file, line, place, entity and field; empty if it was not.',
  })
  userErrors!: readonly UserError[];
}

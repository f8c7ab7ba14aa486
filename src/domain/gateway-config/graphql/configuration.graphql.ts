import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../../foundation/graphql/user-error.js';
import { ConfigurationWriteInput } from '../../../foundation/graphql/write-options.js';
import { RuntimeGroupType } from '../../runtime-groups/index.js';
import { ConfigChange } from './config-change.graphql.js';

@ObjectType({
  description: 'A whole configuration at one revision, as a declarative file that a gateway loads.',
  simpleResolvers: true,
})
export class ExportedConfiguration {
  @Field(() => ID, { description: 'The runtime group whose configuration it is.' })
  runtimeGroupId!: string;

  @Field(() => Int, { description: 'The revision that the file holds.' })
  revision!: number;

  @Field(() => String, { description: 'The hash of the configuration, in hex.' })
  configHash!: string;

  @Field(() => String, {
    description:
      'The text of the file: YAML in Kong’s flat format 3.0. The same configuration gives the same bytes. Unless they were asked for, secrets are `***` and their fingerprints, which an import into the same group leaves as they are.',
  })
  document!: string;
}

@InputType({
  description: 'A declarative file to bring into a runtime group, as one revision or not at all.',
})
export class ImportConfigurationInput extends ConfigurationWriteInput {
  @Field(() => ID, { description: 'The runtime group to bring it into.' })
  runtimeGroupId!: string;

  @Field(() => String, {
    description: 'The text of the file: YAML or JSON in the format of Kong or decK, 3.0.',
  })
  document!: string;

  @Field(() => String, { nullable: true, description: 'The name of the file, for messages.' })
  fileName?: string | null;
}

@ObjectType({ description: 'How much an import does.', simpleResolvers: true })
export class ImportSummary {
  @Field(() => Int, { description: 'Entities that are new.' })
  created!: number;

  @Field(() => Int, { description: 'Entities that were changed.' })
  updated!: number;

  @Field(() => Int, {
    description: 'Entities that were deleted. An import only adds and changes, so this is 0 for now.',
  })
  deleted!: number;

  @Field(() => Int, { description: 'Entities of the file that were there already, just so.' })
  unchanged!: number;
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

  @Field(() => [UserError], {
    description:
      'Why the import was refused, each problem with file, line, place, entity and field; empty if it was not.',
  })
  userErrors!: readonly UserError[];
}

/** What the model knows of services. Everything is named by short words: the test knows which real things they stand for. */
export interface World {
  /** Who asks for the step that is being taken; without it, somebody who may do everything everywhere. */
  readonly who?: Who;
  /** By the words that stand for them. */
  readonly services: Record<string, ServiceModel>;
}

/** What somebody's token is good for. */
export interface Who {
  readonly mayWrite: boolean;
  /** Null: all groups. */
  readonly group: string | null;
}

export type Policy = 'ONE_LIVE' | 'SIDE_BY_SIDE';

export interface ServiceModel {
  name: string;
  readonly policy: Policy;
  /** Null where versions live side by side. */
  template: Content | null;
  /** What each number stands for, for ever. */
  readonly seals: Record<string, Content>;
  /** By group and number. */
  readonly versions: Record<string, VersionModel>;
  /** By group; by group and number where each version has its own. */
  readonly configurations: Record<string, ConfigurationModel>;
}

export interface VersionModel {
  readonly group: string;
  readonly number: string;
  content: Content;
  stage: 'LIVE' | 'HISTORY';
  state: 'PUBLISHED' | 'DEPRECATED' | 'UNPUBLISHED';
  deprecation: { readonly message: string; readonly successor: string } | null;
  notes: string;
  /** What it ran with when it ceased to be live. */
  last: Settings | null;
}

export interface ConfigurationModel {
  readonly group: string;
  settings: Settings;
  canary: Canary | null;
  /** What is deployed by it: as it was when it was last deployed. */
  deployed: Deployed | null;
}

export interface Deployed {
  /** What the names of its entities begin with. */
  readonly name: string;
  readonly content: Content;
  readonly settings: Settings;
  readonly canary: Canary | null;
  readonly isDeprecated: boolean;
}

export interface Settings {
  readonly hosts: readonly string[];
  readonly pathPrefix: string | null;
  readonly stripPathPrefix: boolean;
  readonly target: TargetWord;
}

export interface Canary {
  readonly target: TargetWord;
  readonly weight: number;
  readonly isConditional: boolean;
}

/** What versions do; `unnamed` is wrong. */
export type Content = keyof typeof contents;

/** Where APIs are; some are wrong. */
export type TargetWord = keyof typeof targets;

/** As an implementation's input has it. */
export const contents = {
  none: { routes: [], plugins: [] },
  pets: { routes: [{ name: 'pets', paths: ['/pets'] }], plugins: [] },
  animals: { routes: [{ name: 'pets', paths: ['/animals'] }], plugins: [] },
  both: {
    routes: [
      { name: 'pets', paths: ['/pets'] },
      { name: 'owners', paths: ['/owners'], stripPath: false },
    ],
    plugins: [{ name: 'response-transformer', config: { add: { headers: ['x-pets:1'] } } }],
  },
  unnamed: { routes: [{ paths: ['/pets'] }], plugins: [] },
} as const;

/** As a target's input has it. */
export const targets = {
  one: { address: { url: 'http://one.internal:8080' } },
  other: { address: { url: 'http://other.internal:8080' } },
  deep: { address: { url: 'http://deep.internal:8080/api' } },
  nodes: {
    nodes: [
      { target: 'a.internal:80', weight: 1 },
      { target: 'b.internal:80', weight: 3 },
    ],
  },
  weightless: { nodes: [{ target: 'a.internal:80', weight: 0 }] },
  nowhere: { nodes: [] },
  twice: {
    nodes: [
      { target: 'a.internal:80', weight: 1 },
      { target: 'a.internal:80', weight: 2 },
    ],
  },
} as const;

export const placeOf = (group: string, number: string): string => `${group}/${number}`;

/** Which configuration a version runs with. */
export function configurationPlace(
  { policy }: Pick<ServiceModel, 'policy'>,
  group: string,
  number: string,
): string {
  return policy === 'ONE_LIVE' ? group : placeOf(group, number);
}

import type { Asked, AskedTo, PublicationWord, VersionWord } from './commands.js';
import { entitiesOf } from './entities.js';
import {
  configurationPlace,
  contents,
  placeOf,
  type Canary,
  type ConfigurationModel,
  type Content,
  type ServiceModel,
  type Settings,
  type TargetWord,
  type VersionModel,
  type Who,
  type World,
} from './world.js';

/** What is to be answered: accepted, or refused with this code; and what is there afterwards. */
export interface Expected {
  readonly refusal: string | null;
  readonly world: World;
}

/** What becomes of the world by a command that somebody asks for. One that is refused changes nothing. */
export function expected(before: World, asked: Asked, who: Who): Expected {
  const world = { ...structuredClone(before), who };
  try {
    (steps[asked.to] as (world: World, asked: Asked) => void)(world, asked);
    return { refusal: null, world: { services: world.services } };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.code, world: before };
    throw error;
  }
}

class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

function refuseIf(isWrong: boolean, code: string): void {
  if (isWrong) throw new Refused(code);
}

/** Whose right it takes that reaches beyond one group. */
function refuseOutside(world: World): void {
  refuseDenied(world);
  refuseIf((world.who?.group ?? null) !== null, 'OUTSIDE_TOKEN_SCOPE');
}

function refuseDenied({ who }: World): void {
  refuseIf(who?.mayWrite === false, 'ACTION_DENIED');
}

/** Whoever may see one group only sees what is there. */
function sees({ who }: World, group: string): boolean {
  return (who?.group ?? group) === group;
}

const steps: { readonly [To in Asked['to']]: (world: World, asked: AskedTo<To>) => void } = {
  createService,
  updateService,
  deleteService,
  updateTemplate,
  resetTemplate,
  publish,
  promote,
  rollBack,
  createVersion,
  updateVersion,
  deleteVersion,
  deprecate,
  unpublish: (world, { version }) => {
    const found = versionAt(world, version);
    refuseIf(found.stage === 'HISTORY' || found.state === 'UNPUBLISHED', 'TRANSITION_REFUSED');
    changeState(world, version, { state: 'UNPUBLISHED', deprecation: null });
  },
  republish: (world, { version }) => {
    const found = versionAt(world, version);
    refuseIf(found.stage === 'HISTORY' || found.state === 'PUBLISHED', 'TRANSITION_REFUSED');
    changeState(world, version, { state: 'PUBLISHED', deprecation: null });
  },
  configure,
  startCanary,
  shiftCanary: (world, { version, weight }) => {
    const configuration = runningAt(world, version);
    refuseIf(configuration.canary === null, 'CANARY_REFUSED');
    refuseIf(weight < 0 || weight > 100, 'CANARY_INVALID');
    changeCanary(world, version, { canary: { ...(configuration.canary as Canary), weight } });
  },
  promoteCanary: (world, { version }) => {
    const { canary, settings } = runningAt(world, version);
    refuseIf(canary === null, 'CANARY_REFUSED');
    const { target } = canary as Canary;
    changeCanary(world, version, { canary: null, settings: { ...settings, target } });
  },
  abortCanary: (world, { version }) => {
    refuseIf(runningAt(world, version).canary === null, 'CANARY_REFUSED');
    changeCanary(world, version, { canary: null });
  },
};

function createService(world: World, { service, name, policy, template }: AskedTo<'createService'>): void {
  refuseOutside(world);
  refuseBadName(world, name);
  if (policy === 'ONE_LIVE') refuseIf(template === 'unnamed', 'ROUTE_UNNAMED');
  else refuseIf(template !== null, 'RELEASE_POLICY_DIFFERS');
  const draft = policy === 'ONE_LIVE' ? (template ?? 'none') : null;
  world.services[service] = { name, policy, template: draft, seals: {}, versions: {}, configurations: {} };
}

function refuseBadName(world: World, name: string): void {
  refuseIf(!/^[a-z][a-z.0-9]*$/.test(name), 'SERVICE_NAME_INVALID');
  refuseIf(
    Object.values(world.services).some((each) => each.name === name),
    'SERVICE_NAME_TAKEN',
  );
}

function updateService(world: World, { service: word, name, isStale }: AskedTo<'updateService'>): void {
  refuseOutside(world);
  const service = serviceAt(world, word);
  refuseIf(isStale, 'VERSION_STALE');
  if (name === service.name) return;
  refuseBadName(world, name);
  // What is deployed keeps its names until it is deployed again.
  service.name = name;
}

function deleteService(world: World, { service }: AskedTo<'deleteService'>): void {
  refuseOutside(world);
  refuseIf(liveOf(serviceAt(world, service)).length > 0, 'SERVICE_IN_USE');
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the words are ours
  delete world.services[service];
}

function updateTemplate(world: World, { service, content, isStale }: AskedTo<'updateTemplate'>): void {
  refuseOutside(world);
  const found = serviceAt(world, service);
  refuseIf(found.policy !== 'ONE_LIVE', 'RELEASE_POLICY_DIFFERS');
  refuseIf(isStale, 'VERSION_STALE');
  refuseIf(content === 'unnamed', 'ROUTE_UNNAMED');
  found.template = content;
}

function resetTemplate(world: World, { service, version }: AskedTo<'resetTemplate'>): void {
  refuseOutside(world);
  const found = serviceAt(world, service);
  refuseIf(found.policy !== 'ONE_LIVE', 'RELEASE_POLICY_DIFFERS');
  const { content } = versionAt(world, version);
  refuseIf(version.service !== service, 'SERVICE_VERSION_NOT_FOUND');
  found.template = content;
}

function publish(world: World, { groups, publications }: AskedTo<'publish'>): void {
  for (const group of new Set(groups)) {
    refuseNowhere(world, group);
    refuseDenied(world);
    const words = publications.map(({ service }) => service);
    const repeated = words.find((word, index) => words.indexOf(word) < index);
    if (repeated !== undefined) serviceAt(world, repeated);
    refuseIf(repeated !== undefined, 'SERVICE_REPEATED');
    for (const service of words) serviceAt(world, service);
    for (const publication of publications) refusePublication(world, group, publication);
    for (const publication of publications) sealOne(world, publication);
    for (const publication of publications) publishOne(world, group, publication);
    refuseTakenKeys(world, group);
  }
}

function refusePublication(world: World, group: string, { service, number }: PublicationWord): void {
  const found = serviceAt(world, service);
  refuseIf(found.policy !== 'ONE_LIVE', 'RELEASE_POLICY_DIFFERS');
  refuseIf(contents[found.template as Content].routes.length === 0, 'TEMPLATE_EMPTY');
  refuseIf(isInCanary(found, group, number), 'CANARY_REFUSED');
}

function sealOne(world: World, { service, number }: PublicationWord): void {
  const found = serviceAt(world, service);
  const content = found.template as Content;
  refuseIf((found.seals[number] ?? content) !== content, 'VERSION_NUMBER_TAKEN');
  found.seals[number] = content;
}

function publishOne(world: World, group: string, { service, number, settings }: PublicationWord): void {
  const found = serviceAt(world, service);
  release(found, { group, number, content: found.template as Content, settings, notes: null });
}

function promote(world: World, { version, groups, settings }: AskedTo<'promote'>): void {
  for (const group of new Set(groups)) {
    refuseNowhere(world, group);
    const { stage, number, content, notes } = versionAt(world, version);
    const service = serviceAt(world, version.service);
    refuseIf(stage === 'HISTORY', 'SERVICE_VERSION_HISTORY');
    refuseIf(isInCanary(service, group, number), 'CANARY_REFUSED');
    const there = service.versions[placeOf(group, number)];
    refuseIf(there !== undefined && there.content !== content, 'SERVICE_VERSION_TAKEN');
    release(service, { group, number, content, settings, notes });
    refuseTakenKeys(world, group);
  }
}

function rollBack(world: World, { version, restores, allowNeverLive }: AskedTo<'rollBack'>): void {
  const { group, number } = version;
  refuseNowhere(world, group);
  refuseDenied(world);
  const service = serviceAt(world, version.service);
  refuseIf(service.policy !== 'ONE_LIVE', 'RELEASE_POLICY_DIFFERS');
  const here = service.versions[placeOf(group, number)];
  const any = Object.values(service.versions).find(
    (each) => each.number === number && sees(world, each.group),
  );
  refuseIf(here?.stage === 'LIVE', 'TRANSITION_REFUSED');
  refuseIf(any === undefined, 'SERVICE_VERSION_NOT_FOUND');
  refuseIf(here === undefined && !allowNeverLive, 'NEVER_LIVE');
  const settings = restores ? (here?.last ?? null) : null;
  const { content } = any as VersionModel;
  release(service, { group, number, content, settings, notes: null, endsCanary: true });
  refuseTakenKeys(world, group);
}

function createVersion(world: World, { version, content, settings }: AskedTo<'createVersion'>): void {
  const { group, number } = version;
  refuseNowhere(world, group);
  refuseDenied(world);
  const service = serviceAt(world, version.service);
  refuseIf(service.policy !== 'SIDE_BY_SIDE', 'RELEASE_POLICY_DIFFERS');
  refuseIf(service.versions[placeOf(group, number)] !== undefined, 'SERVICE_VERSION_TAKEN');
  refuseIf(content === 'unnamed', 'ROUTE_UNNAMED');
  release(service, { group, number, content, settings, notes: null });
  refuseTakenKeys(world, group);
}

function updateVersion(
  world: World,
  { version, content, notes, group, isStale }: AskedTo<'updateVersion'>,
): void {
  const found = versionAt(world, version);
  refuseIf(isStale, 'VERSION_STALE');
  refuseIf(group !== null && group !== version.group, 'SERVICE_VERSION_IMMOVABLE');
  refuseIf(found.stage === 'HISTORY', 'SERVICE_VERSION_HISTORY');
  const isSealed = serviceAt(world, version.service).policy === 'ONE_LIVE';
  refuseIf(isSealed && content !== null, 'SERVICE_VERSION_SEALED');
  refuseIf(content === 'unnamed', 'ROUTE_UNNAMED');
  const isChange = (content ?? found.content) !== found.content || (notes ?? found.notes) !== found.notes;
  if (!isChange) return;
  found.content = content ?? found.content;
  found.notes = notes ?? found.notes;
  deployAgain(world, version);
}

function deleteVersion(world: World, { version, force }: AskedTo<'deleteVersion'>): void {
  const { stage } = versionAt(world, version);
  refuseIf(stage === 'LIVE' && !force, 'SERVICE_VERSION_LIVE');
  const service = serviceAt(world, version.service);
  const { versions, configurations } = service;
  const place = configurationPlace(service, version.group, version.number);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the words are ours
  delete versions[placeOf(version.group, version.number)];
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the words are ours
  if (service.policy === 'SIDE_BY_SIDE') delete configurations[place];
  // A canary was of the version that is gone.
  else if (stage === 'LIVE') Object.assign(configurations[place] ?? {}, { deployed: null, canary: null });
}

function deprecate(world: World, { version, successor, message, isBackwards }: AskedTo<'deprecate'>): void {
  const found = versionAt(world, version);
  refuseIf(isBackwards, 'DEPRECATION_INVALID');
  if (successor) {
    const { stage } = versionAt(world, successor);
    const isOther = successor.service === version.service && successor.number !== version.number;
    refuseIf(!isOther || stage === 'HISTORY', 'SUCCESSOR_INVALID');
  }
  refuseIf(found.stage === 'HISTORY' || found.state === 'UNPUBLISHED', 'TRANSITION_REFUSED');
  const successorPlace = successor ? placeOf(successor.group, successor.number) : '';
  changeState(world, version, { state: 'DEPRECATED', deprecation: { message, successor: successorPlace } });
}

function changeState(
  world: World,
  version: VersionWord,
  to: Pick<VersionModel, 'state' | 'deprecation'>,
): void {
  const found = versionAt(world, version);
  if (JSON.stringify([found.state, found.deprecation]) === JSON.stringify([to.state, to.deprecation])) return;
  Object.assign(found, to);
  deployAgain(world, version);
}

function configure(world: World, { version, changes, isStale }: AskedTo<'configure'>): void {
  const { service: word, group, number } = version;
  const service = world.services[word];
  const configuration = service?.configurations[configurationPlace(service, group, number)];
  if (!service || !configuration || !sees(world, group)) throw new Refused('RUNTIME_CONFIGURATION_NOT_FOUND');
  refuseDenied(world);
  refuseIf(isStale, 'VERSION_STALE');
  const settings = settled({ ...configuration.settings, ...changes });
  if (JSON.stringify(settings) === JSON.stringify(configuration.settings)) return;
  configuration.settings = settings;
  const live = liveOf(service).find(
    (each) => each.group === group && (service.policy === 'ONE_LIVE' || each.number === number),
  );
  if (live) deployAgain(world, { ...version, number: live.number });
}

function startCanary(world: World, { version, canary }: AskedTo<'startCanary'>): void {
  const running = runningAt(world, version);
  refuseIf(running.canary !== null, 'CANARY_REFUSED');
  refuseBadTarget(canary.target);
  refuseIf((canary.target === 'deep') !== (running.settings.target === 'deep'), 'CANARY_INVALID');
  refuseIf(canary.weight < 0 || canary.weight > 100, 'CANARY_INVALID');
  changeCanary(world, version, { canary });
}

/** What a live version runs with. */
function runningAt(world: World, version: VersionWord): ConfigurationModel {
  const found = versionAt(world, version);
  refuseIf(found.stage === 'HISTORY', 'SERVICE_VERSION_HISTORY');
  return configurationAt(serviceAt(world, version.service), version);
}

function changeCanary(
  world: World,
  version: VersionWord,
  to: Partial<Pick<ConfigurationModel, 'canary' | 'settings'>>,
): void {
  const configuration = configurationAt(serviceAt(world, version.service), version);
  const before = JSON.stringify([configuration.canary, configuration.settings]);
  Object.assign(configuration, to);
  if (JSON.stringify([configuration.canary, configuration.settings]) === before) return;
  deployAgain(world, version);
}

interface ReleaseWord {
  readonly group: string;
  readonly number: string;
  readonly content: Content;
  readonly settings: Settings | null;
  readonly notes: string | null;
  readonly endsCanary?: boolean;
}

function release(service: ServiceModel, asked: ReleaseWord): void {
  const { group, number, content, settings, notes, endsCanary = false } = asked;
  refuseIf(['', 'a/b', '1.', 'con'].includes(number), 'VERSION_NUMBER_INVALID');
  const place = configurationPlace(service, group, number);
  const before = service.configurations[place];
  const wanted = settings ? settled(settings) : before?.settings;
  if (!wanted) throw new Refused('RUNTIME_CONFIGURATION_NEEDED');
  const there = service.versions[placeOf(group, number)];
  const canary = endsCanary ? null : (before?.canary ?? null);
  if (service.policy === 'ONE_LIVE') {
    const others = liveOf(service).filter((each) => each.group === group && each.number !== number);
    for (const live of others) Object.assign(live, { stage: 'HISTORY', last: before?.settings ?? null });
  }
  service.configurations[place] = { group, settings: wanted, canary, deployed: null };
  if (there?.stage !== 'LIVE') {
    service.versions[placeOf(group, number)] = {
      ...{ group, number, content, stage: 'LIVE', state: there?.state ?? 'PUBLISHED', last: null },
      ...{ deprecation: there?.deprecation ?? null, notes: notes ?? there?.notes ?? '' },
    };
  }
  deploy(service, service.versions[placeOf(group, number)] as VersionModel);
}

function deployAgain(world: World, { service: word, group, number }: VersionWord): void {
  const service = serviceAt(world, word);
  const version = service.versions[placeOf(group, number)] as VersionModel;
  if (version.stage === 'LIVE') deploy(service, version);
  refuseTakenKeys(world, group);
}

function deploy(service: ServiceModel, { group, number, content, deprecation }: VersionModel): void {
  const configuration = configurationAt(service, { group, number });
  const name = service.policy === 'ONE_LIVE' ? service.name : `${service.name}.${number}`;
  const { settings, canary } = configuration;
  configuration.deployed = { name, content, settings, canary, isDeprecated: deprecation !== null };
}

/** Entities of a kind have different names in a group: those of a service that was renamed stand in the way of another. */
function refuseTakenKeys(world: World, group: string): void {
  const lines = deployedIn(world, group).filter((line) => !line.startsWith('plugin'));
  const keys = lines.map((line) => line.replace(/ (?:to|at) .*/, ''));
  refuseIf(new Set(keys).size < keys.length, 'KEY_TAKEN');
}

/** The gateway entities that all live versions make in a group. */
export function deployedIn(world: World, group: string): string[] {
  const configurations = Object.values(world.services).flatMap((each) => Object.values(each.configurations));
  return configurations
    .filter((each) => each.group === group)
    .flatMap(({ deployed }) => (deployed ? entitiesOf(deployed) : []))
    .sort();
}

function settled(settings: Settings): Settings {
  refuseBadTarget(settings.target);
  refuseIf(settings.pathPrefix === 'shop', 'PATH_PREFIX_INVALID');
  const prefix = settings.pathPrefix?.replace(/\/$/, '') ?? '';
  return { ...settings, pathPrefix: prefix === '' ? null : prefix };
}

function refuseBadTarget(target: TargetWord): void {
  refuseIf(target === 'weightless', 'WEIGHTS_ZERO');
  refuseIf(target === 'nowhere', 'TARGET_NEEDED');
  refuseIf(target === 'twice', 'NODE_REPEATED');
}

function refuseNowhere(world: World, group: string): void {
  refuseIf(group === 'nowhere' || !sees(world, group), 'RUNTIME_GROUP_NOT_FOUND');
}

/** A canary is of what would be released over. */
function isInCanary(service: ServiceModel, group: string, number: string): boolean {
  return (service.configurations[configurationPlace(service, group, number)]?.canary ?? null) !== null;
}

function liveOf(service: ServiceModel): VersionModel[] {
  return Object.values(service.versions).filter(({ stage }) => stage === 'LIVE');
}

function serviceAt(world: World, word: string): ServiceModel {
  const service = world.services[word];
  const isSeen = (world.who?.group ?? null) === null || isIn(service, world);
  if (!service || !isSeen) throw new Refused('SERVICE_NOT_FOUND');
  return service;
}

function isIn(service: ServiceModel | undefined, world: World): boolean {
  return Object.values(service?.versions ?? {}).some(({ group }) => sees(world, group));
}

/** The right is looked at once it is known which group a write is about. */
function versionAt(world: World, { service, group, number }: VersionWord): VersionModel {
  const version = world.services[service]?.versions[placeOf(group, number)];
  if (!version || !sees(world, group)) throw new Refused('SERVICE_VERSION_NOT_FOUND');
  refuseDenied(world);
  return version;
}

function configurationAt(
  service: ServiceModel,
  { group, number }: Pick<VersionWord, 'group' | 'number'>,
): ConfigurationModel {
  return service.configurations[configurationPlace(service, group, number)] as ConfigurationModel;
}

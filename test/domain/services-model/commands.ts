import type { Canary, Content, Policy, Settings, TargetWord } from './world.js';

/** A version, by the words for its service and group, and its number. */
export interface VersionWord {
  readonly service: string;
  readonly group: string;
  readonly number: string;
}

export interface PublicationWord {
  readonly service: string;
  readonly number: string;
  readonly settings: Settings | null;
}

/** Something that somebody asks of the control plane. */
export type Asked =
  | {
      readonly to: 'createService';
      readonly service: string;
      readonly name: string;
      readonly policy: Policy;
      readonly template: Content | null;
    }
  | {
      readonly to: 'updateService';
      readonly service: string;
      readonly name: string;
      readonly isStale: boolean;
    }
  | { readonly to: 'deleteService'; readonly service: string }
  | {
      readonly to: 'updateTemplate';
      readonly service: string;
      readonly content: Content;
      readonly isStale: boolean;
    }
  | { readonly to: 'resetTemplate'; readonly service: string; readonly version: VersionWord }
  | {
      readonly to: 'publish';
      readonly groups: readonly string[];
      readonly publications: readonly PublicationWord[];
    }
  | {
      readonly to: 'promote';
      readonly version: VersionWord;
      readonly groups: readonly string[];
      readonly settings: Settings | null;
    }
  | {
      readonly to: 'rollBack';
      readonly version: VersionWord;
      readonly restores: boolean;
      readonly allowNeverLive: boolean;
    }
  | {
      readonly to: 'createVersion';
      readonly version: VersionWord;
      readonly content: Content;
      readonly settings: Settings;
    }
  | {
      readonly to: 'updateVersion';
      readonly version: VersionWord;
      readonly content: Content | null;
      readonly notes: string | null;
      readonly group: string | null;
      readonly isStale: boolean;
    }
  | { readonly to: 'deleteVersion'; readonly version: VersionWord; readonly force: boolean }
  | {
      readonly to: 'deprecate';
      readonly version: VersionWord;
      readonly successor: VersionWord | null;
      readonly message: string;
      readonly isBackwards: boolean;
    }
  | { readonly to: 'unpublish' | 'republish'; readonly version: VersionWord }
  | {
      readonly to: 'configure';
      readonly version: VersionWord;
      readonly changes: Partial<Settings>;
      readonly isStale: boolean;
    }
  | { readonly to: 'startCanary'; readonly version: VersionWord; readonly canary: Canary }
  | { readonly to: 'shiftCanary'; readonly version: VersionWord; readonly weight: number }
  | { readonly to: 'promoteCanary' | 'abortCanary'; readonly version: VersionWord };

export type AskedTo<To extends Asked['to']> = Extract<Asked, { to: To }>;

const services = ['a', 'b', 'c', 'd', 'e'];
const names = ['pets', 'shop', 'pets.1', 'bank', 'mail', 'maps', 'jobs'];
const groups = ['development', 'staging', 'production'];
const numbers = ['1', '2', '3', '2.0-rc'];
const goodContents: readonly Content[] = ['pets', 'animals', 'both'];
const goodTargets: readonly TargetWord[] = ['one', 'other', 'nodes', 'one', 'other', 'nodes', 'deep'];

/** Asks for anything, at random: mostly what makes sense, and often what does not. */
export class Asker {
  constructor(private readonly random: () => number) {}

  /** Often about one of the versions that are known to be there. */
  next(known: readonly VersionWord[] = []): Asked {
    const anywhere = { service: this.any(services), group: this.any(groups), number: this.any(numbers) };
    const version = known.length > 0 && this.chance(0.5) ? this.any(known) : anywhere;
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    let roll = this.random() * total;
    const to =
      (Object.keys(weights) as Asked['to'][]).find((each) => (roll -= weights[each]) < 0) ?? 'publish';
    return this.made(to, version);
  }

  private made(to: Asked['to'], version: VersionWord): Asked {
    return this.ofService(to, version) ?? this.ofRelease(to, version) ?? this.ofVersion(to, version);
  }

  private ofService(to: Asked['to'], version: VersionWord): Asked | undefined {
    const { service } = version;
    const isStale = this.chance(0.05);
    switch (to) {
      case 'createService': {
        const policy = this.chance(0.6) ? 'ONE_LIVE' : 'SIDE_BY_SIDE';
        const template = policy === 'ONE_LIVE' || this.chance(0.1) ? this.content() : null;
        return { to, service, name: this.name(), policy, template };
      }
      case 'updateService':
        return { to, service, name: this.name(), isStale };
      case 'deleteService':
        return { to, service };
      case 'updateTemplate':
        return { to, service, content: this.content(), isStale };
      case 'resetTemplate':
        return {
          to,
          service,
          version: this.chance(0.8) ? version : { ...version, service: this.any(services) },
        };
      default:
        return undefined;
    }
  }

  private ofRelease(to: Asked['to'], version: VersionWord): Asked | undefined {
    switch (to) {
      case 'publish':
        return { to, groups: this.groups(), publications: this.publications(version) };
      case 'promote':
        return { to, version, groups: this.groups(), settings: this.settingsOrNone() };
      case 'rollBack':
        return { to, version, restores: this.chance(0.5), allowNeverLive: this.chance(0.4) };
      case 'createVersion': {
        const number = this.number(version.number);
        return { to, version: { ...version, number }, content: this.content(), settings: this.settings() };
      }
      default:
        return undefined;
    }
  }

  private ofVersion(to: Asked['to'], version: VersionWord): Asked {
    switch (to) {
      case 'updateVersion': {
        const content = this.chance(0.6) ? this.content() : null;
        const notes = this.chance(0.5) ? this.any(['', 'new', 'newer']) : null;
        const group = this.chance(0.1) ? this.any(groups) : null;
        return { to, version, content, notes, group, isStale: this.chance(0.05) };
      }
      case 'deleteVersion':
        return { to, version, force: this.chance(0.4) };
      case 'deprecate':
        return { to, version, ...this.deprecation(version) };
      case 'configure':
        return { to, version, changes: this.changes(), isStale: this.chance(0.05) };
      case 'startCanary':
        return {
          to,
          version,
          canary: { target: this.target(), weight: this.weight(), isConditional: this.chance(0.3) },
        };
      case 'shiftCanary':
        return { to, version, weight: this.weight() };
      default:
        return { to: to as 'unpublish', version };
    }
  }

  private publications(version: VersionWord): PublicationWord[] {
    const one = (service: string): PublicationWord => ({
      ...{ service, number: this.number(version.number), settings: this.settingsOrNone() },
    });
    return this.chance(0.25) ? [one(version.service), one(this.any(services))] : [one(version.service)];
  }

  private deprecation(version: VersionWord) {
    const successor = this.chance(0.4) ? { ...version, number: this.any(numbers) } : null;
    const foreign = successor && this.chance(0.2) ? { ...successor, service: this.any(services) } : successor;
    return { successor: foreign, message: this.any(['', 'Use another.']), isBackwards: this.chance(0.05) };
  }

  private changes(): Partial<Settings> {
    const { hosts, pathPrefix, stripPathPrefix, target } = this.settings();
    return {
      ...(this.chance(0.3) ? { hosts } : {}),
      // There is no prefix if it is empty.
      ...(this.chance(0.3) ? { pathPrefix: pathPrefix ?? '' } : {}),
      ...(this.chance(0.3) ? { stripPathPrefix } : {}),
      ...(this.chance(0.4) ? { target } : {}),
    };
  }

  private settings(): Settings {
    return {
      hosts: this.any([[], [], ['pets.example'], ['pets.example', 'shop.example']]),
      pathPrefix: this.chance(0.03) ? 'shop' : this.any([null, null, '/shop', '/shop/']),
      stripPathPrefix: this.chance(0.7),
      target: this.target(),
    };
  }

  private settingsOrNone(): Settings | null {
    return this.chance(0.6) ? this.settings() : null;
  }

  private target(): TargetWord {
    return this.chance(0.1) ? this.any(['weightless', 'nowhere', 'twice'] as const) : this.any(goodTargets);
  }

  private content(): Content {
    return this.chance(0.15) ? this.any(['none', 'unnamed'] as const) : this.any(goodContents);
  }

  private weight(): number {
    return this.any([0, 10, 50, 12.5, 100, 100, 101, -1]);
  }

  private number(good: string): string {
    return this.chance(0.05) ? this.any(['', 'a/b', '1.', 'con']) : good;
  }

  private name(): string {
    return this.chance(0.05) ? this.any(['', '-pets', 'pets shop']) : this.any(names);
  }

  private groups(): string[] {
    if (this.chance(0.04)) return [this.any(groups), 'nowhere'];
    return groups.filter(() => this.chance(0.4)).concat(this.any(groups));
  }

  private any<Some>(choices: readonly Some[]): Some {
    return choices[Math.floor(this.random() * choices.length)] as Some;
  }

  private chance(share: number): boolean {
    return this.random() < share;
  }
}

const weights: Record<Asked['to'], number> = {
  ...{ createService: 4, updateService: 3, deleteService: 3, updateTemplate: 10, resetTemplate: 3 },
  ...{ publish: 18, promote: 8, rollBack: 8, createVersion: 8, updateVersion: 6, deleteVersion: 7 },
  ...{ deprecate: 6, unpublish: 5, republish: 4, configure: 9 },
  ...{ startCanary: 6, shiftCanary: 4, promoteCanary: 4, abortCanary: 3 },
};

import type { NewEvent } from '../../../foundation/commands/command.js';
import type { Judgement } from './judgement.js';
import { credentials, identifying, limiting, observing, refusing } from './impact-sorts.js';

/** What an entity that comes or goes means. The first rule that fits counts. */
export interface EntityRule extends Judgement {
  readonly operation: Exclude<NewEvent['operation'], 'UPDATED'>;
  /** Absent: any kind. */
  readonly kinds?: readonly string[];
  /** Plugins of these names only. */
  readonly plugins?: readonly string[];
}

export const entityRules: readonly EntityRule[] = [
  {
    operation: 'CREATED',
    plugins: identifying,
    impact: 'BREAKING',
    reason: 'Requests without a known credential are refused from now on.',
  },
  {
    operation: 'CREATED',
    plugins: refusing,
    impact: 'BREAKING',
    reason: 'Requests that passed until now may be refused or sent elsewhere.',
  },
  {
    operation: 'CREATED',
    plugins: limiting,
    impact: 'RISKY',
    reason: 'Requests beyond the limit are refused from now on.',
  },
  {
    operation: 'CREATED',
    plugins: observing,
    impact: 'SAFE',
    reason: 'It looks at requests, and leaves them as they are.',
  },
  {
    operation: 'CREATED',
    kinds: ['plugin'],
    impact: 'RISKY',
    reason: 'It may change what callers send or receive.',
  },
  { operation: 'CREATED', impact: 'SAFE', reason: 'What is new takes nothing away from those who call.' },
  {
    operation: 'DELETED',
    plugins: observing,
    impact: 'SAFE',
    reason: 'Requests are no longer looked at, and otherwise pass as before.',
  },
  {
    operation: 'DELETED',
    plugins: [...identifying, ...refusing, ...limiting],
    impact: 'RISKY',
    reason: 'Requests that it kept out are let in from now on.',
  },
  {
    operation: 'DELETED',
    kinds: ['plugin'],
    impact: 'RISKY',
    reason: 'What callers send or receive is no longer changed by it.',
  },
  {
    operation: 'DELETED',
    kinds: ['route'],
    impact: 'BREAKING',
    reason: 'Requests that only it matched are no longer answered.',
  },
  {
    operation: 'DELETED',
    kinds: ['gateway_service'],
    impact: 'BREAKING',
    reason: 'Nothing is passed on to it any more.',
  },
  {
    operation: 'DELETED',
    kinds: ['upstream'],
    impact: 'BREAKING',
    reason: 'Gateway services that name it as their host no longer find it.',
  },
  {
    operation: 'DELETED',
    kinds: ['target'],
    impact: 'RISKY',
    reason: 'The other targets have to carry its share.',
  },
  {
    operation: 'DELETED',
    kinds: ['consumer', ...credentials],
    impact: 'BREAKING',
    reason: 'Whoever came with it is no longer known.',
  },
  {
    operation: 'DELETED',
    kinds: ['acl', 'consumer_group'],
    impact: 'BREAKING',
    reason: 'Consumers are no longer members of the group, and may be refused.',
  },
  {
    operation: 'DELETED',
    kinds: ['certificate', 'sni'],
    impact: 'BREAKING',
    reason: 'Callers of its server names get another certificate.',
  },
  {
    operation: 'DELETED',
    kinds: ['vault', 'key', 'key_set'],
    impact: 'BREAKING',
    reason: 'What refers to it, by its name or its id, no longer finds it.',
  },
  { operation: 'DELETED', impact: 'RISKY', reason: 'What relied on it goes on without it.' },
];

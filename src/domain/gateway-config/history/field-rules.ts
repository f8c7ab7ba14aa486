import type { FieldChange } from './field-difference.js';
import type { Judgement } from './judgement.js';
import { credentials, identifying, limiting, observing, refusing } from './impact-sorts.js';

/** What a field that differs means. The first rule that fits counts. */
export interface FieldRule extends Judgement {
  readonly kinds?: readonly string[];
  readonly plugins?: readonly string[];
  /** Names of fields; with all that is below them. Absent: any. */
  readonly paths?: readonly string[];
  readonly changes?: readonly FieldChange[];
}

const criteria = ['paths', 'hosts', 'methods', 'headers', 'snis', 'sources', 'destinations'];
const timeouts = ['connect_timeout', 'read_timeout', 'write_timeout'];

export const fieldRules: readonly FieldRule[] = [
  {
    paths: ['tags'],
    impact: 'SAFE',
    reason: 'Tags are for finding entities; gateways do nothing with them.',
  },
  { paths: ['instance_name', 'description'], impact: 'SAFE', reason: 'It is a name for people.' },

  {
    kinds: ['route'],
    paths: [...criteria, 'protocols'],
    changes: ['added'],
    impact: 'SAFE',
    reason: 'More requests are matched; those that were are still.',
  },
  {
    kinds: ['route'],
    paths: [...criteria, 'protocols'],
    changes: ['removed'],
    impact: 'BREAKING',
    reason: 'Requests that matched by it are no longer matched.',
  },
  {
    kinds: ['route'],
    paths: criteria,
    changes: ['set'],
    impact: 'BREAKING',
    reason: 'Where anything matched until now, only this does.',
  },
  {
    kinds: ['route'],
    paths: criteria,
    changes: ['unset'],
    impact: 'RISKY',
    reason: 'Anything matches where only this did, perhaps requests of other routes.',
  },
  {
    kinds: ['route'],
    paths: [...criteria, 'protocols'],
    impact: 'BREAKING',
    reason: 'Other requests are matched than before.',
  },
  {
    kinds: ['route'],
    paths: ['service'],
    changes: ['unset'],
    impact: 'BREAKING',
    reason: 'Requests are no longer passed on.',
  },
  {
    kinds: ['route'],
    paths: ['strip_path', 'path_handling'],
    impact: 'BREAKING',
    reason: 'The API receives another path for the same request.',
  },
  {
    kinds: ['route'],
    paths: ['name'],
    impact: 'SAFE',
    reason: 'Requests are matched by other things than the name.',
  },

  {
    kinds: ['gateway_service'],
    paths: ['name'],
    impact: 'SAFE',
    reason: 'Requests are passed on by other things than the name.',
  },
  {
    kinds: ['gateway_service'],
    paths: ['enabled'],
    changes: ['off'],
    impact: 'BREAKING',
    reason: 'Its routes are no longer answered.',
  },
  {
    kinds: ['gateway_service'],
    paths: ['enabled'],
    changes: ['on'],
    impact: 'SAFE',
    reason: 'Its routes are answered again.',
  },
  {
    kinds: ['gateway_service'],
    paths: timeouts,
    changes: ['lowered'],
    impact: 'RISKY',
    reason: 'Requests that take longer are cut off.',
  },
  {
    kinds: ['gateway_service'],
    paths: timeouts,
    impact: 'RISKY',
    reason: 'Callers may wait longer for an error.',
  },
  {
    kinds: ['gateway_service'],
    paths: ['protocol', 'host', 'port', 'path'],
    impact: 'RISKY',
    reason: 'Requests are passed on to another place.',
  },

  { kinds: ['upstream'], paths: ['name'], impact: 'RISKY', reason: 'Gateway services find it by this name.' },
  { kinds: ['target'], paths: ['weight'], impact: 'RISKY', reason: 'Requests are spread in another way.' },

  {
    kinds: ['consumer'],
    paths: ['username', 'custom_id'],
    impact: 'RISKY',
    reason: 'APIs are told another name for the same caller.',
  },
  { kinds: ['acl'], impact: 'BREAKING', reason: 'The consumer is a member of another group.' },
  { kinds: credentials, impact: 'BREAKING', reason: 'Whoever comes with what it was is no longer known.' },
  { kinds: ['certificate', 'sni'], impact: 'RISKY', reason: 'Callers get another certificate.' },
  { kinds: ['vault', 'key', 'key_set'], impact: 'RISKY', reason: 'What refers to it finds something else.' },

  {
    plugins: ['acl', 'ip-restriction', 'bot-detection'],
    paths: ['config.allow'],
    changes: ['added'],
    impact: 'SAFE',
    reason: 'More callers are let in.',
  },
  {
    plugins: ['acl', 'ip-restriction', 'bot-detection'],
    paths: ['config.deny'],
    changes: ['removed'],
    impact: 'SAFE',
    reason: 'More callers are let in.',
  },
  {
    plugins: ['acl', 'ip-restriction', 'bot-detection'],
    paths: ['config.allow', 'config.deny'],
    impact: 'BREAKING',
    reason: 'Callers that were let in may be refused.',
  },
  {
    plugins: limiting,
    paths: ['config'],
    changes: ['raised'],
    impact: 'SAFE',
    reason: 'More is allowed than before.',
  },
  {
    plugins: limiting,
    paths: ['config'],
    changes: ['lowered', 'set'],
    impact: 'RISKY',
    reason: 'Requests within the former limit may be refused.',
  },
  {
    plugins: [...identifying, ...refusing],
    paths: ['route', 'service', 'consumer', 'consumer_group'],
    impact: 'BREAKING',
    reason: 'It turns away requests that it did not look at before.',
  },
  { plugins: observing, impact: 'SAFE', reason: 'It looks at requests, and leaves them as they are.' },
  {
    plugins: [...identifying, ...refusing],
    paths: ['config'],
    impact: 'RISKY',
    reason: 'Other requests may be refused than before.',
  },

  { impact: 'RISKY', reason: 'The gateway treats requests in another way.' },
];

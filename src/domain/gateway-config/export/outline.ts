import type { Json } from '../../../foundation/kernel/json.js';
import type { EntityDraft } from '../config-entity.js';
import { referencesOf } from '../document.js';
import { referenceIn } from '../field.js';
import { kindNamed } from '../kinds/index.js';
import { nameOf } from '../naming.js';

/** Which entities stand in which others when a configuration is written down nested, and how they refer to the rest. */
export class Outline {
  private readonly byId: ReadonlyMap<string, EntityDraft>;
  private readonly parents = new Map<EntityDraft, string>();
  /** By the id of what holds them, or nothing, and their kind. */
  private readonly held = new Map<string, EntityDraft[]>();
  private readonly referredById = new Set<string>();

  /** Others than those that are selected are only referred to. */
  constructor(entities: readonly EntityDraft[], isSelected: (entity: EntityDraft) => boolean) {
    this.byId = new Map(entities.map((entity) => [entity.id, entity]));
    const selected = entities.filter(isSelected);
    const places = new Set(selected.map(({ id }) => id));
    for (const entity of selected) this.place(entity, places);
  }

  /** The entities of a kind that stand in no other. */
  roots(kind: string): readonly EntityDraft[] {
    return this.held.get(keyOf('', kind)) ?? [];
  }

  /** The entities of a kind that stand in this one. */
  children({ id }: EntityDraft, kind: string): readonly EntityDraft[] {
    return this.held.get(keyOf(id, kind)) ?? [];
  }

  /** The field by which an entity refers to what it stands in, and which it does not repeat. */
  parentField(entity: EntityDraft): string | undefined {
    return this.parents.get(entity);
  }

  /** True if nothing but its id says which entity is meant where it is referred to. */
  needsId({ id }: EntityDraft): boolean {
    return this.referredById.has(id);
  }

  /** The value of a field, with references as names. */
  shownValue({ kind, document }: EntityDraft, field: string): Json {
    const value = document[field] ?? null;
    const type = kindNamed(kind).fields[field]?.type;
    if (!type || !referenceIn(type)) return value;
    if (!Array.isArray(value)) return this.nameOf(value as string);
    // A list that both sides can hold is one of objects in decK: the groups of a consumer.
    const names = (value as readonly string[]).map((id) => this.nameOf(id));
    return field === 'groups' ? names.map((name) => ({ name })) : names;
  }

  private place(entity: EntityDraft, places: ReadonlySet<string>): void {
    const parent = this.parentOf(entity, places);
    const references = referencesOf(kindNamed(entity.kind), entity.document);
    for (const { field, to } of references) {
      if (field !== parent && !this.isNamed(to)) this.referredById.add(to);
    }
    const holder = references.find(({ field }) => field === parent)?.to ?? '';
    if (parent !== undefined) this.parents.set(entity, parent);
    const key = keyOf(holder, entity.kind);
    const others = this.held.get(key);
    if (others) others.push(entity);
    else this.held.set(key, [entity]);
  }

  /** What has no name holds what refers to it, whatever that is; otherwise, things stand in the one that they are about. */
  private parentOf({ kind: name, document }: EntityDraft, places: ReadonlySet<string>): string | undefined {
    const kind = kindNamed(name);
    const single = referencesOf(kind, document).filter(
      ({ field }) => kind.fields[field]?.type.is === 'reference',
    );
    const [first, ...others] = single;
    const unnamed = single.find(({ to }) => places.has(to) && !this.isNamed(to));
    if (unnamed) return unnamed.field;
    const belongsTo = first && others.length === 0 && belongs.has(`${name} ${first.field}`);
    return belongsTo && places.has(first.to) ? first.field : undefined;
  }

  private isNamed(id: string): boolean {
    const entity = this.byId.get(id);
    return entity !== undefined && nameOf(kindNamed(entity.kind), entity.document) !== undefined;
  }

  private nameOf(id: string): string {
    const entity = this.byId.get(id);
    return (entity && nameOf(kindNamed(entity.kind), entity.document)) ?? id;
  }
}

/** What decK writes into what it belongs to, as kind and field. */
const belongs = new Set([
  ...['route service', 'target upstream', 'sni certificate'],
  ...['plugin service', 'plugin route', 'plugin consumer', 'plugin consumer_group'],
  ...[
    'keyauth_credential',
    'basicauth_credential',
    'hmacauth_credential',
    'jwt_secret',
    'oauth2_credential',
    'acl',
  ].map((kind) => `${kind} consumer`),
]);

function keyOf(holder: string, kind: string): string {
  return `${holder} ${kind}`;
}

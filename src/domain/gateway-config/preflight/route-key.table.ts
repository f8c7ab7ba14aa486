import { EntitySchema } from 'typeorm';

interface RouteKeyColumns {
  runtime_group_id: string;
  key: string;
  route_id: string;
}

export const RouteKeyTable = new EntitySchema<RouteKeyColumns>({
  name: 'route_key',
  columns: {
    runtime_group_id: { type: 'uuid', primary: true },
    key: { type: 'text', primary: true },
    route_id: { type: 'uuid', primary: true },
  },
});

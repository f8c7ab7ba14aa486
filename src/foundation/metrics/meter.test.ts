import { MemoryMeter } from './meter.js';

describe('a meter in memory', () => {
  it('counts by name and labels, whatever their order', () => {
    const meter = new MemoryMeter();
    meter.count('messages', { topic: 'config', by: 'ring' });
    meter.count('messages', { by: 'ring', topic: 'config' }, 2);
    meter.count('messages', { topic: 'status' });
    expect(meter.samples()).toEqual([
      { name: 'messages', labels: { topic: 'config', by: 'ring' }, is: 'count', value: 3 },
      { name: 'messages', labels: { topic: 'status' }, is: 'count', value: 1 },
    ]);
  });

  it('keeps the number, the sum and the largest of what it observed', () => {
    const meter = new MemoryMeter();
    for (const seconds of [0.5, 2, 1]) meter.observe('seconds', seconds);
    expect(meter.samples()).toEqual([
      { name: 'seconds', labels: {}, is: 'observations', value: 3, sum: 3.5, max: 2 },
    ]);
  });

  it('reads gauges when it is asked', () => {
    const meter = new MemoryMeter();
    let open = 1;
    meter.gauge('sockets', () => open);
    open = 7;
    expect(meter.samples()).toEqual([{ name: 'sockets', labels: {}, is: 'gauge', value: 7 }]);
  });
});

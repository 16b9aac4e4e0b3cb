import { createServer, type AddressInfo } from 'node:net';
import { choosePorts, PORT_NAMES } from './ports.ts';

describe('choosePorts', () => {
  it('gives every name a port of its own', async () => {
    const ports = await choosePorts({});
    expect(Object.keys(ports)).toEqual([...PORT_NAMES]);
    expect(new Set(Object.values(ports)).size).toBe(PORT_NAMES.length);
  });

  it('keeps what is free and replaces what is taken', async () => {
    const before = await choosePorts({});
    const other = createServer();
    await new Promise<void>(resolve => {
      other.listen(before.gitea, '127.0.0.1', resolve);
    });
    try {
      const after = await choosePorts(before);
      expect(after.gitea).not.toBe((other.address() as AddressInfo).port);
      expect({ ...after, gitea: 0 }).toEqual({ ...before, gitea: 0 });
    } finally {
      other.close();
    }
  });
});

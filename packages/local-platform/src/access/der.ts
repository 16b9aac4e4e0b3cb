/** The few ASN.1 DER forms of which an X.509 certificate consists (ITU-T X.690). */

function length(size: number): Buffer {
  if (size < 0x80) {
    return Buffer.from([size]);
  }
  const bytes: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

export function tagged(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
}

export const sequence = (...content: Buffer[]) => tagged(0x30, ...content);
export const set = (...content: Buffer[]) => tagged(0x31, ...content);
export const octets = (content: Buffer) => tagged(0x04, content);
export const bits = (content: Buffer) =>
  tagged(0x03, Buffer.from([0]), content);
export const text = (value: string) => tagged(0x0c, Buffer.from(value));
export const truth = () => tagged(0x01, Buffer.from([0xff]));

/** @param value - big-endian, read as a positive number */
export function integer(value: Buffer): Buffer {
  return value[0] >= 0x80
    ? tagged(0x02, Buffer.from([0]), value)
    : tagged(0x02, value);
}

export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]/g, '').replace(/\.\d+/, '');
  return tagged(0x18, Buffer.from(digits));
}

/** @param dotted - object identifier such as `2.5.4.3` */
export function identifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc % 128];
    for (
      let left = Math.floor(arc / 128);
      left > 0;
      left = Math.floor(left / 128)
    ) {
      groups.unshift(0x80 + (left % 128));
    }
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

'use client';
// A page that makes the call in the browser. The test gives its options in the address, and waits for `outcome`.
import { useEffect } from 'react';
import { IVS } from 'ivs-wasm';

export default function Page() {
  useEffect(() => {
    const { name, ...options } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    globalThis.outcome = new IVS(options).createChannel({ name }).then(({ channel }) => ({ arn: channel.arn, name: channel.name }));
  }, []);
  return <main>ivs-wasm</main>;
}

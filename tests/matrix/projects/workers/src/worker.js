// The Worker: one call for each request, whose body holds the test's options.
import { IVS } from 'ivs-wasm';

export default {
  async fetch(request) {
    const { name, ...options } = await request.json();
    const { channel } = await new IVS(options).createChannel({ name });
    return Response.json({ arn: channel.arn, name: channel.name });
  },
};

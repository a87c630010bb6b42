// @ts-check
// Services that applications define: those of IVS as in SDK v2, and a clear word about any other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import test from 'node:test';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const require = createRequire(new URL('../../js/package.json', import.meta.url));
const sdk = require('aws-sdk');
const own = process.env.V2 ? pathToFileURL(process.env.V2).href : new URL('../../pkg/v2.js', import.meta.url).href;
const { default: ours } = await import(own);
const model = JSON.parse(readFileSync(require.resolve('aws-sdk/apis/ivs-2020-07-14.min.json'), 'utf8'));
const sister = { ...model, metadata: { ...model.metadata, endpointPrefix: 'ivsrealtime', serviceId: 'IVS RealTime' } };

/** @param {(AWS: any) => any} use */
const both = (use) => [sdk, ours].map((AWS) => {
  try {
    return use(AWS);
  } catch (error) {
    return { thrown: /** @type {Error} */ (error).message };
  }
});

/** @type {Record<string, (AWS: any) => any>} */
const SAME = {
  'a definition': (AWS) => {
    const Made = AWS.Service.defineService('mine', ['2021-01-01', '2020-01-01'], { twice: (/** @type {number} */ n) => 2 * n });
    return [typeof Made, Made.serviceIdentifier, Made.apiVersions, Made.prototype.twice(2), Made.prototype instanceof AWS.Service];
  },
  'a service without a model': (AWS) => {
    const Made = AWS.Service.defineService('mine', []);
    return new Made();
  },
  'listeners of another executor, in a table, and alone': (AWS) => {
    const [one, two, three] = [() => 1, () => 2, () => 3];
    const from = new AWS.SequentialExecutor().on('a', one).on('b', two);
    const to = new AWS.SequentialExecutor().on('a', three).addListeners(from).addListeners({ a: [two, two], c: one });
    // The lists are its own: what is added or removed later stays where it was.
    to.on('b', one).removeListener('a', two);
    from.on('b', three).removeListener('a', one);
    return ['a', 'b', 'c'].map((event) => [to.listeners(event), from.listeners(event)].map((list) => list.map((/** @type {() => number} */ listener) => listener())));
  },
  'an `on` of the application\'s own is asked of each listener': (AWS) => {
    const seen = /** @type {string[]} */ ([]);
    const to = new AWS.SequentialExecutor();
    to.on = function on(/** @type {string} */ event, /** @type {any} */ listener) {
      seen.push(event);
      return AWS.SequentialExecutor.prototype.on.call(this, event, listener);
    };
    to.addListeners({ a: [() => 1, () => 2], b: [() => 3] });
    return [seen, to.listeners('a').length];
  },
  'IVS, defined anew': (AWS) => {
    const Made = AWS.Service.defineService('ivs', ['2020-07-14'], { own: () => 'own' });
    const client = new Made({ region: 'us-west-2' });
    return [typeof client.getChannel, client.own(), client.endpoint.href, client.api.apiVersion, client instanceof Made];
  },
  'IVS by its model': (AWS) => {
    const client = new AWS.Service({ apiConfig: model, region: 'us-west-2' });
    return [typeof client.getChannel, client.endpoint.href, client.api.endpointPrefix];
  },
  'a class of one version': (AWS) => AWS.Service.defineServiceApi(AWS.IVS, '2020-07-14').prototype.api.apiVersion,
  'a class by its model': (AWS) => AWS.Service.defineServiceApi(AWS.IVS, '2020-07-14', model).prototype.api.endpointPrefix,
  'no model': (AWS) => typeof new AWS.Service({ apiConfig: null }),
};
for (const [name, use] of Object.entries(SAME)) {
  test(`as v2: ${name}`, () => {
    const [v2, mine] = both(use);
    assert.deepEqual(mine, v2);
  });
}

/** @type {Record<string, [use: (AWS: any) => any, name: string]>} */
const UNKNOWN = {
  'a service that is not IVS': [(AWS) => new (AWS.Service.defineService('mine', ['2020-01-01']))(), 'mine-2020-01-01'],
  'a version that is not there': [(AWS) => AWS.Service.defineServiceApi(AWS.IVS, '2019-01-01'), 'ivs-2019-01-01'],
  'a name in place of a model': [(AWS) => new AWS.Service({ apiConfig: 'mine' }), 'undefined-mine'],
};
for (const [name, [use, what]] of Object.entries(UNKNOWN)) {
  test(`v2's words, and why: ${name}`, () => {
    const [v2, mine] = both(use);
    assert.equal(v2.thrown, `Could not find API configuration ${what}`);
    assert.equal(mine.thrown, `${v2.thrown}: ivs-wasm/v2 knows the model of IVS only`);
  });
}

test('another model is refused by its name, where v2 takes any', () => {
  assert.throws(() => new ours.Service({ apiConfig: sister }), { message: 'Could not find API configuration of IVS RealTime: ivs-wasm/v2 knows the model of IVS only' });
  assert.throws(() => new ours.Service({ apiConfig: {} }), { message: /this model: ivs-wasm\/v2 knows the model of IVS only$/ });
});

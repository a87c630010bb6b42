// What require() gives is AWS itself, and the class itself, as with aws-sdk and aws-sdk/clients/ivs.
Object.assign(process.env, { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' });
const AWS = require('ivs-wasm/v2');
const IVS = require('ivs-wasm/v2/ivs');

module.exports = async () => {
  const lines = [];
  const check = (name, holds) => {
    if (!holds) lines.push(`  FAIL  ${name}`);
    return holds;
  };
  const results = [
    check('AWS.IVS is a function', typeof AWS.IVS === 'function'),
    check('the subpath is the class', IVS === AWS.IVS),
    check('named members', typeof AWS.Config === 'function' && typeof AWS.config.update === 'function' && AWS.AWS === undefined),
    check('region and keys of the environment', (() => {
      const { config } = new AWS.IVS();
      return [config.region, config.credentials.accessKeyId, config.credentials.sessionToken].join() === 'eu-central-1,AKIDENV,token';
    })()),
    check('a client', new AWS.IVS({ region: 'eu-west-1' }).endpoint.href === 'https://ivs.eu-west-1.amazonaws.com/'),
    check('AWS is writable', (AWS.config = new AWS.Config({ region: 'us-east-1' })) && new IVS().config.region === 'us-east-1'),
    check('an error without new', (() => {
      try {
        IVS();
      } catch (error) {
        return /must be constructed with `new' operator/.test(error.message);
      }
    })()),
  ];
  return { passed: results.filter(Boolean).length, failed: results.filter((one) => !one).length, lines };
};

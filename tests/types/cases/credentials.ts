// Providers of credentials as users write them.
import { IVS, type AwsCredentials } from 'ivs-wasm';
import { fromCache, fromCognitoIdentityPool, fromEnv, fromHttp, fromTemporaryCredentials, fromWebToken } from 'ivs-wasm/credentials';

interface Env {
  AWS_ACCESS_KEY_ID: string;
  AWS_SECRET_ACCESS_KEY: string;
  SOMETHING_ELSE: { get(key: string): Promise<string | null>; put(key: string, value: string): Promise<void> };
}
declare const env: Env;
declare const own: () => Promise<AwsCredentials>;
declare const region: string | undefined;
declare const roleArn: string;

export async function all(): Promise<void> {
  const providers = [
    fromEnv(), fromEnv(env),
    fromWebToken({ roleArn, webIdentityToken: async () => 'token', region, endpoint: region }),
    fromTemporaryCredentials({ masterCredentials: own, params: { RoleArn: roleArn, Policy: region, Tags: [{ Key: 'a', Value: 'b' }] } }),
    fromCognitoIdentityPool({ identityPoolId: 'us-west-2:x', logins: { 'a.example': () => 'token' } }),
    fromHttp({ url: 'https://keys.example/', headers: () => ({ authorization: 'Bearer x' }), timeout: undefined }),
    fromCache(own, { store: new Map<string, string>() }),
    fromCache(fromEnv(env), { store: env.SOMETHING_ELSE, key: 'a', window: 60 }),
    // A provider may give its keys at once.
    fromCache(() => ({ accessKeyId: 'a', secretAccessKey: 'b', expiration: '2033-05-18T03:33:20Z' })),
  ];
  for (const credentials of providers) void new IVS({ region: 'us-west-2', credentials });
  const expiration: Date | undefined = (await fromCache(own)()).expiration;
  const identity: string = (await fromCache(fromCognitoIdentityPool({ identityId: 'us-west-2:x' }))()).identityId;
  void [expiration, identity];
}

export function wrong(): void {
  // @ts-expect-error the names of STS begin with capitals
  void fromTemporaryCredentials({ masterCredentials: own, params: { roleArn } });
  // @ts-expect-error a role that may be undefined would be none
  void fromTemporaryCredentials({ masterCredentials: own, params: { RoleArn: region } });
  // @ts-expect-error no token
  void fromWebToken({ roleArn });
  // @ts-expect-error the storage of a page has other methods
  void fromCache(own, { store: localStorage });
  // @ts-expect-error seconds
  void fromCache(own, { window: '5m' });
}

// The official SDK of CRM's API, version 8, as its users set it up: an environment of its own addresses, a refresh token.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sdk from '@zohocrm/typescript-sdk-8.0';

/** Points the SDK at the company. It keeps its tokens and what it learns of fields in the company's folder. */
export async function startSdk({ address, folder, oauth }) {
  const resources = join(folder, 'sdk');
  mkdirSync(resources);
  const token = new sdk.OAuthBuilder()
    .clientId(oauth.client_id).clientSecret(oauth.client_secret).refreshToken(oauth.refresh_token).build();
  const builder = await new sdk.InitializeBuilder();
  await builder
    .environment(new sdk.Environment(address, `${address}/oauth/v2/token`, address))
    .token(token)
    .store(new sdk.FileStore(join(resources, 'tokens.txt')))
    .resourcePath(`${resources}/`) // the SDK puts its own folder right behind it
    .initialize();
  return sdk;
}

export const no_headers = () => new sdk.HeaderMap();

/** Query parameters: pairs of the SDK's parameter and its value. */
export async function parameters(...pairs) {
  const map = new sdk.ParameterMap();
  for (const [parameter, value] of pairs) await map.add(parameter, value);
  return map;
}

/** A record with these values, by the API's names of fields. */
export function record(values) {
  const made = new sdk.Record.Record();
  for (const [name, value] of Object.entries(values)) made.addKeyValue(name, value);
  return made;
}

/** A link to the record with this id. */
export function link(id) {
  const made = new sdk.Record.Record();
  made.setId(id);
  return made;
}

export function body(...records) {
  const made = new sdk.Record.BodyWrapper();
  made.setData(records);
  return made;
}

/** What became of each item of a call that writes: {code, message, details, is_good}. */
export const results = (response, list = 'getData') => response.getObject()[list]().map((each) => ({
  code: each.getCode().getValue(),
  message: each.getMessage().getValue?.() ?? each.getMessage(),
  details: Object.fromEntries(each.getDetails() ?? []),
  is_good: each.constructor.name === 'SuccessResponse',
}));

/** An id as the SDK wants it back. */
export const id_of = (result) => BigInt(result.details.id);

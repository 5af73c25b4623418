// @zohocrm/typescript-sdk-8.0, unchanged: bulk write, bulk read and notification channels of CRM. The SDK sends files of
// bulk writes to a host of its maker's that no setting changes, so the upload alone is a request of ours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { strToU8, strFromU8, unzipSync, zipSync } from 'fflate';
import { parameters, startSdk } from './support/crm_sdk.mjs';
import { startDemoCompany } from './support/demo_company.mjs';

const patience_ms = 30_000;
const look_every_ms = 100;
let company;
let sdk;

before(async () => {
  company = await startDemoCompany();
  sdk = await startSdk(company);
});
after(() => company?.stop());

async function accessToken() {
  const { client_id, client_secret, refresh_token } = company.oauth;
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id, client_secret, refresh_token });
  const answer = await (await fetch(`${company.address}/oauth/v2/token`, { method: 'POST', body: form })).json();
  return answer.access_token;
}

/** The file_id of a table, packed as clients pack it. */
async function uploaded(csv) {
  const form = new FormData();
  form.append('file', new Blob([zipSync({ 'leads.csv': strToU8(csv) })], { type: 'application/zip' }), 'leads.zip');
  const response = await fetch(`${company.address}/crm/v8/upload`, {
    method: 'POST', body: form, headers: { Authorization: `Zoho-oauthtoken ${await accessToken()}`, feature: 'bulk-write' },
  });
  const answer = await response.json();
  assert.equal(answer.code, 'FILE_UPLOAD_SUCCESS', JSON.stringify(answer));
  return answer.details.file_id;
}

function moduleOf(api_name) {
  const module = new sdk.Modules.MinifiedModule();
  module.setAPIName(api_name);
  return module;
}

/** Asks until the job is at an end. */
async function ended(ask, isEnd) {
  const until = Date.now() + patience_ms;
  for (;;) {
    const job = await ask();
    if (isEnd(job)) return job;
    assert.ok(Date.now() < until, 'the job does not end');
    await new Promise((go) => { setTimeout(go, look_every_ms); });
  }
}

test('a table is written in bulk: good rows go in, a bad one is told by its line', async () => {
  const mappings = ['Last_Name', 'Company', 'Email'].map((api_name, index) => {
    const mapping = new sdk.BulkWrite.FieldMapping();
    mapping.setAPIName(api_name);
    mapping.setIndex(index);
    return mapping;
  });
  const resource = new sdk.BulkWrite.Resource();
  resource.setType(new sdk.Choice('data'));
  resource.setModule(moduleOf('Leads'));
  resource.setFileId(await uploaded('Name,Firm,Mail\nBulk One,Acme,one@bulk.example\n,Acme,two@bulk.example\nBulk Three,Acme,three@bulk.example\n'));
  resource.setFieldMappings(mappings);
  const request = new sdk.BulkWrite.RequestWrapper();
  request.setCharacterEncoding('UTF-8');
  request.setOperation(new sdk.Choice('insert'));
  request.setResource([resource]);
  const operations = new sdk.BulkWrite.BulkWriteOperations();
  const made = (await operations.createBulkWriteJob(request)).getObject();
  assert.equal(made.constructor.name, 'SuccessResponse', JSON.stringify(made, (_, value) => String(value)));
  const id = BigInt(made.getDetails().get('id'));
  const job = await ended(
    async () => (await operations.getBulkWriteJobDetails(id)).getObject(), (one) => one.getStatus() === 'COMPLETED');
  const file = job.getResource()[0].getFile();
  assert.deepEqual([file.getAddedCount(), file.getSkippedCount(), file.getTotalCount()], [2, 1, 3]);
  const response = await fetch(new URL(job.getResult().getDownloadUrl(), company.address), {
    headers: { Authorization: `Zoho-oauthtoken ${await accessToken()}` },
  });
  const [table] = Object.values(unzipSync(new Uint8Array(await response.arrayBuffer())));
  assert.match(strFromU8(table), /MANDATORY_NOT_FOUND:Last_Name/);
});

test('records are read in bulk into a zip archive of one table', async () => {
  const query = new sdk.BulkRead.Query();
  query.setModule(moduleOf('Leads'));
  query.setFields(['Last_Name', 'Email']);
  const body = new sdk.BulkRead.BodyWrapper();
  body.setQuery(query);
  const operations = new sdk.BulkRead.BulkReadOperations();
  const [made] = (await operations.createBulkReadJob(body)).getObject().getData();
  assert.equal(made.getCode().getValue(), 'ADDED_SUCCESSFULLY');
  const id = BigInt(made.getDetails().get('id'));
  const job = await ended(
    async () => (await operations.getBulkReadJobDetails(id)).getObject().getData()[0],
    (one) => one.getState().getValue() === 'COMPLETED');
  const packed = (await operations.downloadResult(id)).getObject().getFile().getStream();
  const [table] = Object.values(unzipSync(new Uint8Array(packed)));
  const [heading, ...rows] = strFromU8(table).trim().split(/\r?\n/);
  assert.equal(heading, 'Id,Last_Name,Email');
  assert.equal(rows.length, Number(job.getResult().getCount()));
  assert.ok(rows.some((row) => row.endsWith('Bulk One,one@bulk.example')));
});

test('a channel is watched, listed, changed and ended', async () => {
  const operations = new sdk.Notifications.NotificationsOperations();
  const channel = new sdk.Notifications.Notification();
  channel.setChannelId('1000000068001');
  channel.setEvents(['Contacts.all']);
  channel.setNotifyUrl('https://hooks.kunde.example/crm');
  channel.setToken('between us');
  const body = new sdk.Notifications.BodyWrapper();
  body.setWatch([channel]);
  const first = async (call) => (await call).getObject().getWatch()[0];
  const made = await first(operations.enableNotifications(body));
  assert.equal(made.constructor.name, 'SuccessResponse', JSON.stringify(made, (_, value) => String(value)));
  assert.equal(made.getCode().getValue(), 'SUCCESS');
  const { GetNotificationsParam, DeleteNotificationParam } = sdk.Notifications;
  const listed = async () => operations.getNotifications(await parameters([GetNotificationsParam.CHANNEL_ID, 1000000068001n]));
  assert.equal((await first(listed())).getResourceName(), 'Contacts');
  channel.setEvents(['Leads.create']);
  assert.equal((await first(operations.updateNotifications(body))).getCode().getValue(), 'SUCCESS');
  assert.equal((await first(listed())).getResourceName(), 'Leads');
  const ended_channel = await first(operations.deleteNotification(
    await parameters([DeleteNotificationParam.CHANNEL_IDS, '1000000068001'])));
  assert.equal(ended_channel.getCode().getValue(), 'SUCCESS');
  assert.equal((await listed()).getStatusCode(), 204);
});

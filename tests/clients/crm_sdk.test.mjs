// @zohocrm/typescript-sdk-8.0, unchanged, against CRM.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { body, id_of, link, no_headers, parameters, record, results, startSdk } from './support/crm_sdk.mjs';
import { startDemoCompany } from './support/demo_company.mjs';

let company;
let sdk;

before(async () => {
  company = await startDemoCompany();
  sdk = await startSdk(company);
});
after(() => company?.stop());

const records = (module) => new sdk.Record.RecordOperations(module);

async function created(module, values) {
  const [made] = results(await records(module).createRecords(body(record(values)), no_headers()));
  assert.equal(made.code, 'SUCCESS', JSON.stringify(made.details, (_, value) => String(value)));
  return id_of(made);
}

async function read(module, id) {
  const response = await records(module).getRecord(id, await parameters(), no_headers());
  assert.equal(response.getStatusCode(), 200);
  return response.getObject().getData()[0];
}

describe('records', () => {
  test('are created each for itself: a missing mandatory field is told by its api_name', async () => {
    const response = await records('Leads').createRecords(
      body(record({ Last_Name: 'Silva', Company: 'Kunde Ltd' }), record({ Company: 'Kunde Ltd' })), no_headers());
    assert.equal(response.getStatusCode(), 207);
    const [good, bad] = results(response);
    assert.ok(good.is_good);
    assert.equal(good.message, 'record added');
    assert.equal(good.details.Created_By.getName?.() ?? good.details.Created_By.name, company.administrator.name);
    assert.equal(bad.code, 'MANDATORY_NOT_FOUND');
    assert.equal(bad.details.api_name, 'Last_Name');
    assert.equal(bad.details.json_path, '$.data[1].Last_Name');
  });

  test('are read with their owner, their lookups and their choices', async () => {
    const account = await created('Accounts', { Account_Name: 'Estaleiro SA' });
    const contact = await created('Contacts', {
      Last_Name: 'Costa', Account_Name: link(account), Lead_Source: new sdk.Choice('Partner'), Email_Opt_Out: true,
      Date_of_Birth: new Date('1990-05-01'),
    });
    const costa = await read('Contacts', contact);
    assert.equal(costa.getId(), contact);
    assert.equal(costa.getKeyValue('Last_Name'), 'Costa');
    assert.equal(costa.getKeyValue('Account_Name').getId(), account);
    assert.equal(costa.getKeyValue('Account_Name').getKeyValue('name'), 'Estaleiro SA');
    assert.equal(costa.getKeyValue('Lead_Source').getValue(), 'Partner');
    assert.equal(costa.getKeyValue('Owner').getName(), company.administrator.name);
    assert.equal(costa.getCreatedTime().constructor, Date);
  });

  test('that are not there are an INVALID_DATA', async () => {
    const response = await records('Leads').getRecord(123456789012345678n, await parameters(), no_headers());
    assert.equal(response.getStatusCode(), 404);
    assert.equal(response.getObject().constructor.name, 'APIException');
    assert.equal(response.getObject().getCode().getValue(), 'INVALID_DATA');
  });

  test('are listed page by page, with the fields that are asked for', async () => {
    const { GetRecordsParam } = sdk.Record;
    const page = async (...more) => (await records('Contacts').getRecords(
      await parameters([GetRecordsParam.FIELDS, 'Last_Name,Email'], [GetRecordsParam.PER_PAGE, 3], ...more), no_headers())).getObject();
    const first = await page();
    assert.equal(first.getData().length, 3);
    assert.equal(first.getInfo().getMoreRecords(), true);
    const second = await page([GetRecordsParam.PAGE_TOKEN, first.getInfo().getNextPageToken()]);
    const ids = [...first.getData(), ...second.getData()].map((each) => each.getId());
    assert.equal(new Set(ids).size, 6);
    assert.equal(first.getData()[0].getKeyValues().has('Description'), false);
  });

  test('are updated, one by its address and several in a call', async () => {
    const one = await created('Leads', { Last_Name: 'Lima', Company: 'Kunde Ltd' });
    const other = await created('Leads', { Last_Name: 'Rocha', Company: 'Kunde Ltd' });
    const [changed] = results(await records('Leads').updateRecord(one, body(record({ City: 'Porto' })), no_headers()));
    assert.equal(changed.message, 'record updated');
    const items = [one, other].map((id) => Object.assign(record({ City: 'Faro' })));
    items[0].setId(one);
    items[1].setId(other);
    const response = await records('Leads').updateRecords(body(...items), no_headers());
    assert.deepEqual(results(response).map((each) => each.code), ['SUCCESS', 'SUCCESS']);
    assert.equal((await read('Leads', other)).getKeyValue('City'), 'Faro');
  });

  test('are inserted or updated by their e-mail', async () => {
    const upsert = async (values) => {
      const sent = body(record(values));
      sent.setDuplicateCheckFields(['Email']);
      const response = await records('Leads').upsertRecords(sent, no_headers());
      const [result] = results(response);
      return { ...result, action: response.getObject().getData()[0].getAction() };
    };
    const made = await upsert({ Last_Name: 'Dias', Company: 'Kunde Ltd', Email: 'dias@kunde.example' });
    assert.equal(made.action.getValue?.() ?? made.action, 'insert');
    const again = await upsert({ Last_Name: 'Dias', Company: 'Kunde & Co', Email: 'dias@kunde.example' });
    assert.equal(again.action.getValue?.() ?? again.action, 'update');
    assert.equal(id_of(again), id_of(made));
  });

  test('are searched by criteria, by e-mail and by a word, and counted', async () => {
    const id = await created('Contacts', { Last_Name: 'Quintela', Email: 'q+one@kunde.example' });
    const { SearchRecordsParam, RecordCountParam } = sdk.Record;
    for (const asked of [[SearchRecordsParam.CRITERIA, '((Last_Name:equals:Quintela)and(Email:starts_with:q))'],
      [SearchRecordsParam.EMAIL, 'q+one@kunde.example'], [SearchRecordsParam.WORD, 'Quintela']]) {
      const response = await records('Contacts').searchRecords(await parameters(asked), no_headers());
      assert.deepEqual(response.getObject()?.getData().map((each) => each.getId()), [id], String(asked[1]));
    }
    const none = await records('Contacts').searchRecords(
      await parameters([SearchRecordsParam.CRITERIA, '(Last_Name:equals:Nobody at all)']), no_headers());
    assert.equal(none.getStatusCode(), 204);
    const count = await records('Contacts').recordCount(
      await parameters([RecordCountParam.CRITERIA, '(Last_Name:equals:Quintela)']));
    assert.equal(Number(count.getObject().getCount()), 1);
  });

  test('are deleted, and listed as deleted', async () => {
    const ids = [await created('Leads', { Last_Name: 'Pires', Company: 'x' }), await created('Leads', { Last_Name: 'Reis', Company: 'x' })];
    const [one] = results(await records('Leads').deleteRecord(ids[0], await parameters(), no_headers()));
    assert.equal(one.message, 'record deleted');
    const many = await records('Leads').deleteRecords(
      await parameters([sdk.Record.DeleteRecordsParam.IDS, String(ids[1])]), no_headers());
    assert.equal(results(many)[0].code, 'SUCCESS');
    const deleted = (await records('Leads').getDeletedRecords(
      await parameters([sdk.Record.GetDeletedRecordsParam.TYPE, 'all']), no_headers())).getObject();
    assert.deepEqual(deleted.getData().map((each) => each.getId()), [ids[1], ids[0]]);
    assert.equal(deleted.getData()[0].getDisplayName(), 'Reis');
    assert.equal(deleted.getData()[0].getDeletedBy().getName(), company.administrator.name);
  });

  test('are asked for by COQL, and a query that is none says where', async () => {
    await created('Accounts', { Account_Name: 'Zeta Works' });
    const ask = (query) => {
      const sent = new sdk.Coql.BodyWrapper();
      sent.setSelectQuery(query);
      return new sdk.Coql.CoqlOperations().getRecords(sent);
    };
    const found = (await ask("select Account_Name, Owner from Accounts where Account_Name like 'Zeta%' limit 0, 5")).getObject();
    assert.deepEqual(found.getData().map((each) => each.getKeyValue('Account_Name')), ['Zeta Works']);
    assert.equal(found.getInfo().getMoreRecords(), false);
    const broken = await ask('select Account_Name Accounts');
    assert.equal(broken.getStatusCode(), 400);
    assert.equal(broken.getObject().getCode().getValue(), 'SYNTAX_ERROR');
  });
});

describe('what belongs to a record', () => {
  test('is listed below it: the contacts of an account', async () => {
    const account = await created('Accounts', { Account_Name: 'Casa do Mar' });
    const contact = await created('Contacts', { Last_Name: 'Mar', Account_Name: link(account) });
    const related = new sdk.RelatedRecords.RelatedRecordsOperations('Contacts', 'Accounts');
    const response = await related.getRelatedRecords(
      account, await parameters([sdk.RelatedRecords.GetRelatedRecordsParam.FIELDS, 'Last_Name']), no_headers());
    assert.equal(response.getStatusCode(), 200);
    assert.deepEqual(response.getObject().getData().map((each) => each.getId()), [contact]);
  });

  test('is joined many with many: the products of a deal', async () => {
    const deal = await created('Deals', {
      Deal_Name: 'Vans', Stage: new sdk.Choice('Qualification'), Closing_Date: new Date('2027-05-01'),
    });
    const product = await created('Products', { Product_Name: 'Van' });
    const related = new sdk.RelatedRecords.RelatedRecordsOperations('Products', 'Deals');
    const sent = new sdk.RelatedRecords.BodyWrapper();
    sent.setData([link(product)]);
    assert.equal(results(await related.updateRelatedRecords(deal, sent, no_headers()))[0].message, 'relation added');
    const listed = await related.getRelatedRecords(
      deal, await parameters([sdk.RelatedRecords.GetRelatedRecordsParam.FIELDS, 'Product_Name']), no_headers());
    assert.equal(listed.getObject().getData()[0].getKeyValue('Product_Name'), 'Van');
    assert.equal(results(await related.delinkRecord(product, deal, no_headers()))[0].message, 'relation removed');
    const empty = await related.getRelatedRecords(
      deal, await parameters([sdk.RelatedRecords.GetRelatedRecordsParam.FIELDS, 'Product_Name']), no_headers());
    assert.equal(empty.getStatusCode(), 204);
  });

  test('the contacts of a deal have roles', async () => {
    const deal = await created('Deals', {
      Deal_Name: 'Trucks', Stage: new sdk.Choice('Qualification'), Closing_Date: new Date('2027-06-01'),
    });
    const contact = await created('Contacts', { Last_Name: 'Influence' });
    const roles = (await new sdk.ContactRoles.ContactRolesOperations().getRoles()).getObject().getContactRoles();
    const role = new sdk.DealContactRoles.ContactRole();
    role.setId(roles.find((each) => each.getName() === 'Influencer').getId());
    role.setName('Influencer');
    const data = new sdk.DealContactRoles.Data();
    data.setContactRole(role);
    const sent = new sdk.DealContactRoles.BodyWrapper();
    sent.setData([data]);
    const operations = new sdk.DealContactRoles.DealContactRolesOperations();
    assert.equal((await operations.associateContactRoleToDeal(contact, deal, sent)).getStatusCode(), 200);
    const listed = (await operations.getAssociatedContactRoles(
      deal, await parameters([sdk.DealContactRoles.GetAssociatedContactRolesParam.FIELDS, 'Last_Name,Contact_Role']))).getObject();
    assert.equal(listed.getData()[0].getId(), contact);
    assert.equal(listed.getData()[0].getContactRole().getName(), 'Influencer');
    assert.equal((await operations.deleteContactRoleRelation(contact, deal)).getStatusCode(), 200);
  });

  test('notes are written, read, changed and deleted', async () => {
    const lead = await created('Leads', { Last_Name: 'Noted', Company: 'x' });
    const note = new sdk.Notes.Note();
    note.setNoteTitle('First call');
    note.setNoteContent('They want a demo');
    const parent = new sdk.Notes.ParentId();
    const module = new sdk.Modules.MinifiedModule();
    module.setAPIName('Leads');
    parent.setId(lead);
    parent.setModule(module);
    note.setParentId(parent);
    const sent = new sdk.Notes.BodyWrapper();
    sent.setData([note]);
    const notes = new sdk.Notes.NotesOperations();
    const id = id_of(results(await notes.createNotes(sent))[0]);
    const { GetNoteParam } = sdk.Notes;
    const readNote = async () => (await notes.getNote(
      id, await parameters([GetNoteParam.FIELDS, 'Note_Title,Note_Content,Parent_Id']), no_headers())).getObject().getData()[0];
    assert.equal((await readNote()).getNoteContent(), 'They want a demo');
    assert.equal((await readNote()).getParentId().getId(), lead);
    const change = new sdk.Notes.Note();
    change.setNoteTitle('Second call');
    const changes = new sdk.Notes.BodyWrapper();
    changes.setData([change]);
    assert.equal(results(await notes.updateNote(id, changes))[0].code, 'SUCCESS');
    assert.equal((await readNote()).getNoteTitle(), 'Second call');
    assert.equal(results(await notes.deleteNote(id))[0].code, 'SUCCESS');
  });

  test('files go up and come down as they were', async () => {
    const lead = await created('Leads', { Last_Name: 'Filed', Company: 'x' });
    const bytes = Buffer.from([0, 1, 2, 253, 254, 255, 10, 13]);
    const sent = new sdk.Attachments.FileBodyWrapper();
    const path = join(company.folder, 'offer 価格.bin');
    writeFileSync(path, bytes);
    sent.setFile(new sdk.StreamWrapper(null, null, path));
    const attachments = new sdk.Attachments.AttachmentsOperations();
    const id = id_of(results(await attachments.uploadAttachments(lead, 'Leads', sent))[0]);
    const listed = (await attachments.getAttachments(
      lead, 'Leads', await parameters([sdk.Attachments.GetAttachmentsParam.FIELDS, 'File_Name,Size']))).getObject().getData();
    assert.equal(listed[0].getId(), id);
    assert.equal(listed[0].getFileName(), 'offer 価格.bin');
    assert.equal(String(listed[0].getSize()), '8');
    const down = (await attachments.getAttachment(id, lead, 'Leads')).getObject().getFile();
    assert.deepEqual(Buffer.from(down.getStream()), bytes);
    assert.equal(results(await attachments.deleteAttachment(id, lead, 'Leads'))[0].code, 'SUCCESS');
  });

  test('tags are made, given, counted, taken away and deleted', async () => {
    const lead = await created('Leads', { Last_Name: 'Tagged', Company: 'x' });
    const tag = new sdk.Tags.Tag();
    tag.setName('from the fair');
    const made = new sdk.Tags.BodyWrapper();
    made.setTags([tag]);
    const tags = new sdk.Tags.TagsOperations();
    const { CreateTagsParam, GetTagsParam, GetRecordCountForTagParam } = sdk.Tags;
    const id = id_of(results(await tags.createTags(made, await parameters([CreateTagsParam.MODULE, 'Leads'])), 'getTags')[0]);
    const known = (await tags.getTags(await parameters([GetTagsParam.MODULE, 'Leads']))).getObject().getTags();
    assert.ok(known.some((each) => each.getId() === id));
    const given = new sdk.Tags.NewTagRequestWrapper();
    given.setTags([tag]);
    assert.equal((await tags.addTags('Leads', lead, given, await parameters())).getStatusCode(), 200);
    assert.deepEqual((await read('Leads', lead)).getTag().map((each) => each.getName()), ['from the fair']);
    const count = await tags.getRecordCountForTag(id, await parameters([GetRecordCountForTagParam.MODULE, 'Leads']));
    assert.equal(Number(count.getObject().getCount()), 1);
    const taken = new sdk.Tags.ExistingTagRequestWrapper();
    const existing = new sdk.Tags.ExistingTag();
    existing.setName('from the fair');
    taken.setTags([existing]);
    assert.equal((await tags.removeTags('Leads', lead, taken)).getStatusCode(), 200);
    assert.equal(results(await tags.deleteTag(id), 'getTags')[0].code, 'SUCCESS');
  });
});

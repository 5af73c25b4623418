// One row for each kind of docs/api/native.md. The type of the table makes a missing kind an error.

import type { FieldKind } from '@/api';
import type { FieldParts } from './field_parts';
import { ShowAutoNumber } from './auto_number/ShowAutoNumber';
import { EditBoolean } from './boolean/EditBoolean';
import { ShowBoolean } from './boolean/ShowBoolean';
import { EditChoice } from './choice/EditChoice';
import { ShowChoice } from './choice/ShowChoice';
import { EditDate } from './date/EditDate';
import { ShowDate } from './date/ShowDate';
import { ShowEmail } from './email/ShowEmail';
import { EditInstant } from './instant/EditInstant';
import { ShowInstant } from './instant/ShowInstant';
import { EditLink } from './link/EditLink';
import { ShowLink } from './link/ShowLink';
import { EditLongText } from './long_text/EditLongText';
import { ShowLongText } from './long_text/ShowLongText';
import { EditMultiChoice } from './multi_choice/EditMultiChoice';
import { ShowMultiChoice } from './multi_choice/ShowMultiChoice';
import { EditNumber } from './number/EditNumber';
import { ShowNumber } from './number/ShowNumber';
import { ShowPhone } from './phone/ShowPhone';
import { EditRichText } from './rich_text/EditRichText';
import { ShowRichText } from './rich_text/ShowRichText';
import { EditTags } from './tags/EditTags';
import { ShowTags } from './tags/ShowTags';
import { EditText } from './text/EditText';
import { ShowText } from './text/ShowText';
import { ShowUrl } from './url/ShowUrl';
import { EditUser } from './user/EditUser';
import { ShowUser } from './user/ShowUser';

export const field_parts: Record<FieldKind, FieldParts> = {
  text: { Show: ShowText, Edit: EditText, taken: 'when_done', width: 180 },
  long_text: { Show: ShowLongText, Edit: EditLongText, taken: 'when_done', width: 240 },
  rich_text: { Show: ShowRichText, Edit: EditRichText, taken: 'when_done', width: 240 },
  number: { Show: ShowNumber, Edit: EditNumber, taken: 'when_done', align: 'end', width: 100 },
  decimal: { Show: ShowNumber, Edit: EditNumber, taken: 'when_done', align: 'end', width: 110 },
  money: { Show: ShowNumber, Edit: EditNumber, taken: 'when_done', align: 'end', width: 120 },
  boolean: { Show: ShowBoolean, Edit: EditBoolean, taken: 'at_once', width: 90 },
  date: { Show: ShowDate, Edit: EditDate, taken: 'when_done', width: 120 },
  instant: { Show: ShowInstant, Edit: EditInstant, taken: 'when_done', width: 170 },
  choice: { Show: ShowChoice, Edit: EditChoice, taken: 'at_once', width: 120 },
  multi_choice: { Show: ShowMultiChoice, Edit: EditMultiChoice, taken: 'when_done', width: 180 },
  tags: { Show: ShowTags, Edit: EditTags, taken: 'when_done', width: 180 },
  email: { Show: ShowEmail, Edit: EditText, taken: 'when_done', width: 220 },
  phone: { Show: ShowPhone, Edit: EditText, taken: 'when_done', width: 150 },
  url: { Show: ShowUrl, Edit: EditText, taken: 'when_done', width: 180 },
  link: { Show: ShowLink, Edit: EditLink, taken: 'at_once', width: 180 },
  user: { Show: ShowUser, Edit: EditUser, taken: 'at_once', width: 160 },
  auto_number: { Show: ShowAutoNumber, Edit: EditText, taken: 'when_done', width: 80 },
};

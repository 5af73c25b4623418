import { Link } from 'react-router';
import { homeOf, useOrganisation } from '@/api';
import type { RecordData } from '@/api';
import { asLinked, asText } from '@/fields';
import { useText } from '@/i18n';
import { useFormat } from '@/ui';

const became = [['contacts', 'converted_contact'], ['accounts', 'converted_account'], ['deals', 'converted_deal']] as const;

/** What became of a converted lead, each a link. */
export function ConvertedNote({ lead }: { lead: RecordData }) {
  const { t } = useText();
  const org = useOrganisation();
  const format = useFormat();
  const at = asText(lead.converted_at);
  return (
    <>
      {at !== null && t('crm.convert.converted_at', { when: format.instant(at) })}
      {became.map(([module, field]) => {
        const linked = asLinked(lead[field]);
        return linked && <span key={field}>{' '}<Link to={`${homeOf(org)}/${module}/${linked.id}`}>{linked.title}</Link>{' '}<span>({t(`crm.module.${module}.one`)})</span></span>;
      })}
    </>
  );
}

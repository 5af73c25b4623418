import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { get, homeOf, keys, post, useTakeSession } from '@/api';
import type { Invitation, Session } from '@/api';
import { useRoleLabel } from '@/fields';
import { useText } from '@/i18n';
import { FormSkeleton, useRefusalText } from '@/ui';
import { EntranceFrame } from './EntranceFrame';
import { NewPasswordForm } from './NewPasswordForm';

/** The end of the link in an invitation: a new account, or the known one joins the organisation. */
export function InvitationPage() {
  const { t } = useText();
  const roleLabel = useRoleLabel();
  const token = useParams().token ?? '';
  const navigate = useNavigate();
  const takeSession = useTakeSession();
  const refusalText = useRefusalText();
  const invitation = useQuery({
    queryKey: keys.invitation(token),
    queryFn: () => get<Invitation>(`/invitations/${encodeURIComponent(token)}`),
    retry: false,
  });
  const below = <Anchor component={Link} to="/signin" size="sm">{t('entrance.back_to_sign_in')}</Anchor>;
  if (invitation.isPending) return <EntranceFrame title={t('ui.loading')}><FormSkeleton fields={2} /></EntranceFrame>;
  if (!invitation.data)
    return <EntranceFrame title={t('entrance.invitation_gone')} lead={refusalText(invitation.error)} below={below} />;
  const { email, name, organisation, role_name, has_account } = invitation.data;
  return (
    <EntranceFrame
      title={t('entrance.invitation_title', { organisation: organisation.name })}
      lead={t(has_account ? 'entrance.invitation_known' : 'entrance.invitation_new', { email, role: roleLabel(role_name) })}
      below={below}
    >
      <NewPasswordForm
        {...(has_account ? {} : { name: name ?? '' })}
        password_kind={has_account ? 'present' : 'new'}
        submit_label={t('entrance.invitation_accept')}
        onSubmit={async (password, given_name) => {
          const body = has_account ? { password } : { password, name: given_name };
          takeSession(await post<Session>(`/invitations/${encodeURIComponent(token)}`, body));
          await navigate(homeOf(organisation.id));
        }}
      />
    </EntranceFrame>
  );
}

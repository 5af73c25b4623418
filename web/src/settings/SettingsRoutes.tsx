import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { homeOf, useApp, useOrganisation } from '@/api';
import { useText } from '@/i18n';
import { EmptyState, Page, PageSkeleton, ScreenBoundary } from '@/ui';
import { OpenPage } from './OpenPage';
import classes from './Settings.module.css';
import { SettingsTree } from './SettingsTree';

const AccountPage = lazy(() => import('./account/AccountPage').then((part) => ({ default: part.AccountPage })));
const OrganisationPage = lazy(() => import('./OrganisationPage').then((part) => ({ default: part.OrganisationPage })));
const UsersPage = lazy(() => import('./people/UsersPage').then((part) => ({ default: part.UsersPage })));
const RolesPage = lazy(() => import('./roles/RolesPage').then((part) => ({ default: part.RolesPage })));
const RolePage = lazy(() => import('./roles/RolePage').then((part) => ({ default: part.RolePage })));
const DepartmentsPage = lazy(() => import('./DepartmentsPage').then((part) => ({ default: part.DepartmentsPage })));
const CustomerRatingsPage = lazy(() => import('./ratings/CustomerRatingsPage').then((part) => ({ default: part.CustomerRatingsPage })));
const TicketSharingPage = lazy(() => import('./TicketSharingPage').then((part) => ({ default: part.TicketSharingPage })));
const EmailPage = lazy(() => import('./mail/EmailPage').then((part) => ({ default: part.EmailPage })));
const WebFormsPage = lazy(() => import('./channels/WebFormsPage').then((part) => ({ default: part.WebFormsPage })));
const TelephonePage = lazy(() => import('./channels/TelephonePage').then((part) => ({ default: part.TelephonePage })));
const SpamPage = lazy(() => import('./spam/SpamPage').then((part) => ({ default: part.SpamPage })));
const ParkedMailsPage = lazy(() => import('./mail/ParkedMailsPage').then((part) => ({ default: part.ParkedMailsPage })));
const NotificationRulesPage = lazy(() =>
  import('./notification_rules/NotificationRulesPage').then((part) => ({ default: part.NotificationRulesPage })));
const FieldsPage = lazy(() => import('./fields/FieldsPage').then((part) => ({ default: part.FieldsPage })));
const LayoutsPage = lazy(() => import('./layouts/LayoutsPage').then((part) => ({ default: part.LayoutsPage })));
const StatusesPage = lazy(() => import('./fields/StatusesPage').then((part) => ({ default: part.StatusesPage })));
const PipelinesPage = lazy(() => import('./pipelines/PipelinesPage').then((part) => ({ default: part.PipelinesPage })));
const PipelinePage = lazy(() => import('./pipelines/PipelinePage').then((part) => ({ default: part.PipelinePage })));
const ContactRolesPage = lazy(() => import('./contact_roles/ContactRolesPage').then((part) => ({ default: part.ContactRolesPage })));
const SignalsPage = lazy(() => import('./signals/SignalsPage').then((part) => ({ default: part.SignalsPage })));
const ServiceLevelsPage = lazy(() => import('./service_levels/ServiceLevelsPage').then((part) => ({ default: part.ServiceLevelsPage })));
const BusinessHoursPage = lazy(() => import('./service_levels/BusinessHoursPage').then((part) => ({ default: part.BusinessHoursPage })));
const RulesPage = lazy(() => import('./automation/RulesPage').then((part) => ({ default: part.RulesPage })));
const MacrosPage = lazy(() => import('./automation/MacrosPage').then((part) => ({ default: part.MacrosPage })));
const ReplyTemplatesPage = lazy(() => import('./templates/ReplyTemplatesPage').then((part) => ({ default: part.ReplyTemplatesPage })));
const ApiPage = lazy(() => import('./developer/ApiPage').then((part) => ({ default: part.ApiPage })));
const WebhooksPage = lazy(() => import('./webhooks/WebhooksPage').then((part) => ({ default: part.WebhooksPage })));
const WebhookLogPage = lazy(() => import('./webhooks/WebhookLogPage').then((part) => ({ default: part.WebhookLogPage })));
const ImportsPage = lazy(() => import('./imports/ImportsPage').then((part) => ({ default: part.ImportsPage })));
const ImportPage = lazy(() => import('./imports/ImportPage').then((part) => ({ default: part.ImportPage })));
const RecycleBinPage = lazy(() => import('./data/RecycleBinPage').then((part) => ({ default: part.RecycleBinPage })));
const AuditLogPage = lazy(() => import('./data/AuditLogPage').then((part) => ({ default: part.AuditLogPage })));

/** What Desk alone has to set. */
const desk_routes = (
  <>
    <Route path="departments" element={<DepartmentsPage />} />
    <Route path="customer-ratings" element={<CustomerRatingsPage />} />
    <Route path="ticket-sharing" element={<TicketSharingPage />} />
    <Route path="email" element={<EmailPage />} />
    <Route path="web-forms" element={<WebFormsPage />} />
    <Route path="telephone" element={<TelephonePage />} />
    <Route path="spam" element={<SpamPage />} />
    <Route path="parked-mails" element={<ParkedMailsPage />} />
    <Route path="notification-rules" element={<NotificationRulesPage />} />
    <Route path="layouts" element={<LayoutsPage />} />
    <Route path="statuses" element={<StatusesPage />} />
    <Route path="service-levels" element={<ServiceLevelsPage />} />
    <Route path="business-hours" element={<BusinessHoursPage />} />
    <Route path="automation-rules" element={<RulesPage />} />
    <Route path="macros" element={<MacrosPage />} />
    <Route path="reply-templates" element={<ReplyTemplatesPage />} />
    <Route path="webhooks" element={<WebhooksPage />} />
    <Route path="webhooks/:id" element={<WebhookLogPage />} />
  </>
);

/** What CRM and Bigin have to set beside what all have. */
const sales_routes = (
  <>
    <Route path="pipelines" element={<PipelinesPage />} />
    <Route path="pipelines/:id" element={<PipelinePage />} />
    <Route path="contact-roles" element={<ContactRolesPage />} />
    <Route path="signals" element={<SignalsPage />} />
  </>
);

/** Every address below an organisation's settings, beside the page tree. */
export function SettingsRoutes() {
  const { t } = useText();
  const org = useOrganisation();
  const is_desk = useApp() === 'desk';
  const { pathname } = useLocation();
  const is_small = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const is_at_tree = pathname.replace(/\/$/, '').endsWith('/settings');
  return (
    <div className={classes.settings} data-at={is_at_tree ? 'tree' : 'page'}>
      <div className={classes.side}>
        {is_at_tree && is_small && <h1 className="visually-hidden">{t('settings.title')}</h1>}
        <SettingsTree />
      </div>
      <div className={classes.content}>
        <Link className={classes.back} to={`${homeOf(org)}/settings`}>
          <IconChevronLeft size={16} aria-hidden="true" />{t('settings.title')}
        </Link>
        <ScreenBoundary><Suspense fallback={<PageSkeleton />}>
          <OpenPage><Routes>
            <Route index element={is_small ? null : <Navigate to="my-account" replace />} />
            <Route path="my-account" element={<AccountPage />} />
            <Route path="organisation" element={<OrganisationPage />} />
            <Route path="users" element={<UsersPage />} />
            <Route path="roles" element={<RolesPage />} />
            <Route path="roles/:id" element={<RolePage />} />
            <Route path="fields/:module?" element={<FieldsPage />} />
            <Route path="api" element={<ApiPage />} />
            <Route path="imports" element={<ImportsPage />} />
            <Route path="imports/:id" element={<ImportPage />} />
            <Route path="recycle-bin" element={<RecycleBinPage />} />
            <Route path="audit-log" element={<AuditLogPage />} />
            {is_desk ? desk_routes : sales_routes}
            <Route path="*" element={<Page title={t('settings.title')}><EmptyState title={t('app.not_found')} /></Page>} />
          </Routes></OpenPage>
        </Suspense></ScreenBoundary>
      </div>
    </div>
  );
}

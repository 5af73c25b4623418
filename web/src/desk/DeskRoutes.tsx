import { Suspense, lazy, useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { PageSkeleton, ScreenBoundary } from '@/ui';
import { CallerCards } from './calls/CallerCards';
import { OutboxProvider } from './composer/Outbox';
import { PageNotFound } from './PageNotFound';
import { QueuePage } from './queue/QueuePage';

const loadTicketPage = () => import('./ticket/TicketPage');
const TicketPage = lazy(() => loadTicketPage().then((part) => ({ default: part.TicketPage })));
const PeopleListPage = lazy(() => import('./people/PeopleListPage').then((part) => ({ default: part.PeopleListPage })));
const RecordPage = lazy(() => import('./people/RecordPage').then((part) => ({ default: part.RecordPage })));
const ActivitiesPage = lazy(() => import('./activities/ActivitiesPage').then((part) => ({ default: part.ActivitiesPage })));
const DashboardPage = lazy(() => import('./dashboard/DashboardPage').then((part) => ({ default: part.DashboardPage })));
const TicketsBehindPage = lazy(() => import('./dashboard/TicketsBehindPage').then((part) => ({ default: part.TicketsBehindPage })));
const DuplicatesPage = lazy(() => import('./contacts/DuplicatesPage').then((part) => ({ default: part.DuplicatesPage })));
const TimeReportPage = lazy(() => import('./time/TimeReportPage').then((part) => ({ default: part.TimeReportPage })));
const SearchPage = lazy(() => import('./search/SearchPage').then((part) => ({ default: part.SearchPage })));

/** Every address of Desk, below /desk/:org. */
export function DeskRoutes() {
  // The screen that comes next is there when it is asked for: until then, keys would act on the one before.
  useEffect(() => void loadTicketPage(), []);
  return (
    <OutboxProvider>
      <ScreenBoundary><Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route path="tickets" element={<QueuePage />} />
          <Route path="tickets/:id" element={<TicketPage />} />
          <Route path="contacts" element={<PeopleListPage key="contacts" module="contacts" />} />
          <Route path="contacts/duplicates" element={<DuplicatesPage />} />
          <Route path="contacts/:id" element={<RecordPage key="contacts" module="contacts" />} />
          <Route path="accounts" element={<PeopleListPage key="accounts" module="accounts" />} />
          <Route path="accounts/:id" element={<RecordPage key="accounts" module="accounts" />} />
          <Route path="products" element={<PeopleListPage key="products" module="products" />} />
          <Route path="products/:id" element={<RecordPage key="products" module="products" />} />
          <Route path="activities" element={<ActivitiesPage />} />
          <Route path="dashboard" element={<DashboardPage />} />
          <Route path="dashboard/tickets" element={<TicketsBehindPage />} />
          <Route path="time" element={<TimeReportPage />} />
          <Route path="search" element={<SearchPage />} />
          <Route path="*" element={<PageNotFound />} />
        </Routes>
      </Suspense></ScreenBoundary>
      <CallerCards />
    </OutboxProvider>
  );
}

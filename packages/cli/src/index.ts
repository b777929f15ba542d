export { type RunningBroker, type StartBrokerOptions, startBroker } from './start-broker.ts';

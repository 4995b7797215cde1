import { archiveCanBeUnzipped } from './code/archive-can-be-unzipped';
import { archiveIsPlain } from './code/archive-is-plain';
import { bootstrapCanStart } from './code/bootstrap-can-start';
import { codeHasOneSource } from './code/code-has-one-source';
import { filesCanBeRead } from './code/files-can-be-read';
import { handlerFileExists } from './code/handler-file-exists';
import { handlerFunctionExists } from './code/handler-function-exists';
import { handlerIsWellFormed } from './code/handler-is-well-formed';
import { handlerNeedsNoCallback } from './code/handler-needs-no-callback';
import { imageConfigIsForImages } from './code/image-config-is-for-images';
import { imageHasNoZipSettings } from './code/image-has-no-zip-settings';
import { imageNamesNoArchive } from './code/image-names-no-archive';
import { inlineCodeIsCommonjs } from './code/inline-code-is-commonjs';
import { inlineHandlerIsIndex } from './code/inline-handler-is-index';
import { nativeBinariesFitArchitecture } from './code/native-binaries-fit-architecture';
import { nativeModulesFitRuntime } from './code/native-modules-fit-runtime';
import { packageTypeFitsCode } from './code/package-type-fits-code';
import { pythonImportsArePackaged } from './code/python-imports-are-packaged';
import { referencedCodeNamesVersion } from './code/referenced-code-names-version';
import { concurrencyQuotaIsANumber } from './concurrency/concurrency-quota-is-a-number';
import { functionIsSwitchedOn } from './concurrency/function-is-switched-on';
import { provisionedFitsDefaultQuota } from './concurrency/provisioned-fits-default-quota';
import { provisionedFitsQuota } from './concurrency/provisioned-fits-quota';
import { reservationsFitDefaultQuota } from './concurrency/reservations-fit-default-quota';
import { reservationsFitQuota } from './concurrency/reservations-fit-quota';
import { bucketFiltersDoNotOverlap } from './events/bucket-filters-do-not-overlap';
import { edgeFunctionFitsEdge } from './events/edge-function-fits-edge';
import { edgeFunctionFitsItsEvent } from './events/edge-function-fits-its-event';
import { edgeFunctionIsAVersion } from './events/edge-function-is-a-version';
import { edgeFunctionIsInUsEast1 } from './events/edge-function-is-in-us-east-1';
import { edgeRoleTrustsEdge } from './events/edge-role-trusts-edge';
import { functionAnswersInTime } from './events/function-answers-in-time';
import { functionOfTenantsIsCalledWithOne } from './events/function-of-tenants-is-called-with-one';
import { integrationMethodIsPost } from './events/integration-method-is-post';
import { integrationTimeoutIsInRange } from './events/integration-timeout-is-in-range';
import { logGroupHasTwoSubscriptions } from './events/log-group-has-two-subscriptions';
import { permissionComesBeforeSource } from './events/permission-comes-before-source';
import { targetGroupHasOneFunction } from './events/target-group-has-one-function';
import { topicOfFunctionIsStandard } from './events/topic-of-function-is-standard';
import { userPoolCallsNoVersion } from './events/user-pool-calls-no-version';
import { asyncSettingsCanFire } from './failure/async-settings-can-fire';
import { asyncSettingsSaySomething } from './failure/async-settings-say-something';
import { destinationIsInRegion } from './failure/destination-is-in-region';
import { destinationIsNotTheFunction } from './failure/destination-is-not-the-function';
import { destinationIsStandard } from './failure/destination-is-standard';
import { destinationTypeIsSupported } from './failure/destination-type-is-supported';
import { destinationsFormNoCircle } from './failure/destinations-form-no-circle';
import { failedEventsAreKept } from './failure/failed-events-are-kept';
import { imageIsInRegion } from './images/image-is-in-region';
import { imageIsSinglePlatform } from './images/image-is-single-platform';
import { imagePlatformFitsArchitecture } from './images/image-platform-fits-architecture';
import { imagePlatformIsSet } from './images/image-platform-is-set';
import { imageUriIsPinned } from './images/image-uri-is-pinned';
import { imageUriIsWellFormed } from './images/image-uri-is-well-formed';
import { codeAndLayersFit } from './layers/code-and-layers-fit';
import { codeAndLayersHaveRoom } from './layers/code-and-layers-have-room';
import { extensionsCanBeExecuted } from './layers/extensions-can-be-executed';
import { layerIsNotPublic } from './layers/layer-is-not-public';
import { layerLayoutFitsRuntime } from './layers/layer-layout-fits-runtime';
import { layerNameIsAllowed } from './layers/layer-name-is-allowed';
import { layerPermissionIsRetained } from './layers/layer-permission-is-retained';
import { layerSupportsArchitecture } from './layers/layer-supports-architecture';
import { layerSupportsRuntime } from './layers/layer-supports-runtime';
import { layersAreInPartition } from './layers/layers-are-in-partition';
import { layersAreInRegion } from './layers/layers-are-in-region';
import { layersCanBeMerged } from './layers/layers-can-be-merged';
import { layersDiffer } from './layers/layers-differ';
import { layersHideNoFiles } from './layers/layers-hide-no-files';
import { organizationIsForEveryoneInIt } from './layers/organization-is-for-everyone-in-it';
import { MAPPING_RULES } from './mappings/rules';
import { alexaNamesItsSkill } from './permissions/alexa-names-its-skill';
import { callerRoleMayInvoke } from './permissions/caller-role-may-invoke';
import { functionUrlHasBothPermissions } from './permissions/function-url-has-both-permissions';
import { functionUrlIsPrivate } from './permissions/function-url-is-private';
import { invokeIsNotPublic } from './permissions/invoke-is-not-public';
import { oneKindOfResourcePolicy } from './permissions/one-kind-of-resource-policy';
import { permissionIsNotForLatest } from './permissions/permission-is-not-for-latest';
import { permissionIsOfUse } from './permissions/permission-is-of-use';
import { permissionNamesItsSource } from './permissions/permission-names-its-source';
import { permissionPrincipalIsWellFormed } from './permissions/permission-principal-is-well-formed';
import { pushSourceMayInvoke } from './permissions/push-source-may-invoke';
import { resourcePolicyFits } from './permissions/resource-policy-fits';
import { resourcePolicyHasRoom } from './permissions/resource-policy-has-room';
import { urlAuthTypeIsForUrls } from './permissions/url-auth-type-is-for-urls';
import { urlCorsIsAllOrList } from './permissions/url-cors-is-all-or-list';
import { failureDoesNotLeadBack } from './recursion/failure-does-not-lead-back';
import { functionsDoNotFeedEachOther } from './recursion/functions-do-not-feed-each-other';
import { logsDoNotInvokeTheirFunction } from './recursion/logs-do-not-invoke-their-function';
import { successDoesNotLeadBack } from './recursion/success-does-not-lead-back';
import { triggerBucketIsNotWritten } from './recursion/trigger-bucket-is-not-written';
import { triggerBusIsNotWritten } from './recursion/trigger-bus-is-not-written';
import { triggerQueueIsNotWritten } from './recursion/trigger-queue-is-not-written';
import { triggerStreamIsNotWritten } from './recursion/trigger-stream-is-not-written';
import { triggerTopicIsNotWritten } from './recursion/trigger-topic-is-not-written';
import { aliasHasOneAdditionalVersion } from './release/alias-has-one-additional-version';
import { aliasNamesDiffer } from './release/alias-names-differ';
import { aliasVersionIsOfItsFunction } from './release/alias-version-is-of-its-function';
import { aliasWeightIsAShare } from './release/alias-weight-is-a-share';
import { asyncSettingsAreOfUse } from './release/async-settings-are-of-use';
import { oneVersionPerChange } from './release/one-version-per-change';
import { provisionedAliasIsCalled } from './release/provisioned-alias-is-called';
import { provisionedFitsReserved } from './release/provisioned-fits-reserved';
import { provisionedIsAtLeastOne } from './release/provisioned-is-at-least-one';
import { provisionedIsOnAlias } from './release/provisioned-is-on-alias';
import { provisionedOncePerVersion } from './release/provisioned-once-per-version';
import { provisionedVersionIsPublished } from './release/provisioned-version-is-published';
import { scalingFitsReserved } from './release/scaling-fits-reserved';
import { scalingTargetAliasExists } from './release/scaling-target-alias-exists';
import { scalingTargetIsQualified } from './release/scaling-target-is-qualified';
import { shiftedAliasHasNoWeights } from './release/shifted-alias-has-no-weights';
import { shiftedVersionsAreRetained } from './release/shifted-versions-are-retained';
import { snapstartFitsFunction } from './release/snapstart-fits-function';
import { snapstartIsNotProvisioned } from './release/snapstart-is-not-provisioned';
import { snapstartVersionIsCalled } from './release/snapstart-version-is-called';
import { tenantIsolationFitsFunction } from './release/tenant-isolation-fits-function';
import { trafficHookMayBeInvoked } from './release/traffic-hook-may-be-invoked';
import { trafficHookMayReport } from './release/traffic-hook-may-report';
import { trafficShiftIsForLambda } from './release/traffic-shift-is-for-lambda';
import { versionFollowsParameters } from './release/version-follows-parameters';
import { versionIsPublishedAnew } from './release/version-is-published-anew';
import { weightedAliasIsNotProvisioned } from './release/weighted-alias-is-not-provisioned';
import { weightedVersionsArePublished } from './release/weighted-versions-are-published';
import { weightedVersionsDiffer } from './release/weighted-versions-differ';
import { managedPolicyFits } from './role/managed-policy-fits';
import { passRoleNamesRoles } from './role/pass-role-names-roles';
import { permissionComesBeforeMapping } from './role/permission-comes-before-mapping';
import { roleMayDecrypt } from './role/role-may-decrypt';
import { roleMayJoinVpc } from './role/role-may-join-vpc';
import { roleMayMount } from './role/role-may-mount';
import { roleMayPoll } from './role/role-may-poll';
import { roleMayReachSources } from './role/role-may-reach-sources';
import { roleMayReportInsights } from './role/role-may-report-insights';
import { roleMayRunDurably } from './role/role-may-run-durably';
import { roleMaySendDeadLetters } from './role/role-may-send-dead-letters';
import { roleMayTrace } from './role/role-may-trace';
import { roleMayWriteLogs } from './role/role-may-write-logs';
import { rolePoliciesFit } from './role/role-policies-fit';
import { rolePoliciesLikelyFit } from './role/role-policies-likely-fit';
import { roleTrustsLambda } from './role/role-trusts-lambda';
import { trustNamesPrincipals } from './role/trust-names-principals';
import { trustPolicyFits } from './role/trust-policy-fits';
import { trustPolicyFitsDefaultQuota } from './role/trust-policy-fits-default-quota';
import { Rule } from './rule';
import { SETTINGS_RULES } from './settings/rules';

/** All rules, in the order of their topics. */
export const CATALOG: readonly Rule[] = [
  archiveCanBeUnzipped,
  archiveIsPlain,
  handlerIsWellFormed,
  handlerFileExists,
  handlerFunctionExists,
  handlerNeedsNoCallback,
  bootstrapCanStart,
  codeHasOneSource,
  packageTypeFitsCode,
  imageConfigIsForImages,
  imageHasNoZipSettings,
  imageNamesNoArchive,
  referencedCodeNamesVersion,
  nativeBinariesFitArchitecture,
  nativeModulesFitRuntime,
  filesCanBeRead,
  inlineHandlerIsIndex,
  inlineCodeIsCommonjs,
  pythonImportsArePackaged,
  codeAndLayersFit,
  codeAndLayersHaveRoom,
  layersDiffer,
  layersAreInRegion,
  layersAreInPartition,
  layerSupportsRuntime,
  layerSupportsArchitecture,
  layerLayoutFitsRuntime,
  layersHideNoFiles,
  layersCanBeMerged,
  extensionsCanBeExecuted,
  layerIsNotPublic,
  layerPermissionIsRetained,
  layerNameIsAllowed,
  organizationIsForEveryoneInIt,
  imageUriIsWellFormed,
  imageIsInRegion,
  imageUriIsPinned,
  imageIsSinglePlatform,
  imagePlatformFitsArchitecture,
  imagePlatformIsSet,
  pushSourceMayInvoke,
  callerRoleMayInvoke,
  invokeIsNotPublic,
  alexaNamesItsSkill,
  permissionNamesItsSource,
  permissionIsOfUse,
  permissionPrincipalIsWellFormed,
  permissionIsNotForLatest,
  oneKindOfResourcePolicy,
  resourcePolicyFits,
  resourcePolicyHasRoom,
  functionUrlIsPrivate,
  functionUrlHasBothPermissions,
  urlAuthTypeIsForUrls,
  urlCorsIsAllOrList,
  aliasHasOneAdditionalVersion,
  aliasWeightIsAShare,
  weightedVersionsArePublished,
  weightedVersionsDiffer,
  aliasVersionIsOfItsFunction,
  aliasNamesDiffer,
  asyncSettingsAreOfUse,
  weightedAliasIsNotProvisioned,
  provisionedVersionIsPublished,
  provisionedIsAtLeastOne,
  provisionedOncePerVersion,
  provisionedFitsReserved,
  provisionedIsOnAlias,
  provisionedAliasIsCalled,
  scalingTargetIsQualified,
  scalingTargetAliasExists,
  scalingFitsReserved,
  snapstartFitsFunction,
  snapstartIsNotProvisioned,
  snapstartVersionIsCalled,
  tenantIsolationFitsFunction,
  shiftedAliasHasNoWeights,
  trafficShiftIsForLambda,
  trafficHookMayBeInvoked,
  trafficHookMayReport,
  shiftedVersionsAreRetained,
  versionIsPublishedAnew,
  versionFollowsParameters,
  oneVersionPerChange,
  ...SETTINGS_RULES,
  passRoleNamesRoles,
  roleTrustsLambda,
  trustNamesPrincipals,
  roleMayWriteLogs,
  roleMayTrace,
  roleMayJoinVpc,
  roleMaySendDeadLetters,
  roleMayPoll,
  roleMayReachSources,
  permissionComesBeforeMapping,
  roleMayMount,
  roleMayDecrypt,
  roleMayRunDurably,
  roleMayReportInsights,
  rolePoliciesFit,
  rolePoliciesLikelyFit,
  managedPolicyFits,
  trustPolicyFits,
  trustPolicyFitsDefaultQuota,
  reservationsFitQuota,
  reservationsFitDefaultQuota,
  provisionedFitsQuota,
  provisionedFitsDefaultQuota,
  concurrencyQuotaIsANumber,
  functionIsSwitchedOn,
  bucketFiltersDoNotOverlap,
  permissionComesBeforeSource,
  functionAnswersInTime,
  functionOfTenantsIsCalledWithOne,
  integrationTimeoutIsInRange,
  integrationMethodIsPost,
  userPoolCallsNoVersion,
  topicOfFunctionIsStandard,
  targetGroupHasOneFunction,
  logGroupHasTwoSubscriptions,
  edgeFunctionIsAVersion,
  edgeFunctionIsInUsEast1,
  edgeFunctionFitsEdge,
  edgeFunctionFitsItsEvent,
  edgeRoleTrustsEdge,
  destinationTypeIsSupported,
  destinationIsStandard,
  destinationIsInRegion,
  destinationIsNotTheFunction,
  destinationsFormNoCircle,
  asyncSettingsSaySomething,
  asyncSettingsCanFire,
  failedEventsAreKept,
  ...MAPPING_RULES,
  triggerBucketIsNotWritten,
  triggerQueueIsNotWritten,
  triggerTopicIsNotWritten,
  triggerStreamIsNotWritten,
  triggerBusIsNotWritten,
  functionsDoNotFeedEachOther,
  logsDoNotInvokeTheirFunction,
  successDoesNotLeadBack,
  failureDoesNotLeadBack,
];

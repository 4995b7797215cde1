import { calledFunction } from './called';
import { placesAt } from './places';
import type { RoleCall } from './role-calls';
import type { AppModel } from '../app';
import { roleNamed } from '../iam/role';
import { isObject } from '../template';
import { valueOf } from '../value';

/**
 * The actions of pipelines that invoke functions of the app for sure, with the role of the action or, where it has none, that of the
 * pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 */
export function pipelineCalls(app: AppModel): RoleCall[] {
  return app.ofType('AWS::CodePipeline::Pipeline').flatMap((pipeline) => (
    placesAt(pipeline, 'Stages[].Actions[].Configuration').flatMap(({ json, path, beside }) => {
      const type = beside('ActionTypeId');
      if (!isObject(json) || !isObject(type) || type.Category !== 'Invoke' || type.Provider !== 'Lambda') return [];
      const target = calledFunction(json.FunctionName, pipeline.stack);
      const own = beside('RoleArn');
      const role = roleNamed(own ?? valueOf(pipeline.raw('RoleArn')), pipeline.stack);
      // The role of an action is assumed by that of the pipeline.
      const call = { resource: pipeline, path: `${path}/FunctionName`, service: 'codepipeline.amazonaws.com', isChained: own !== undefined };
      return target && role ? [{ ...target, ...call, role }] : [];
    })
  ));
}

import * as path from 'path';
import { CfnParameter, Duration, Stack, StackProps, TimeZone } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { EventFunction, PushSource } from 'cdk-event-functions';

/** Instances with this tag are stopped at night. */
const TAG = { key: 'Office-hours', value: 'yes' };

/**
 * What an administrator would do by hand: stop instances at night, reboot one that hangs, look for volumes without encryption.
 *
 * Nobody waits for any of it. What fails three times is kept in a queue beside each function, since nothing else is said.
 */
export class ItAutomationStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.stopInstances();
    this.rebootInstance();
    this.checkVolumes();
  }

  /** A schedule: every evening, whatever the season. */
  private stopInstances(): void {
    const stop = this.function('StopInstances', 'stop-instances', {
      description: 'Stops instances that are needed in office hours only',
      timeout: Duration.minutes(1),
      environment: { TAG_KEY: TAG.key, TAG_VALUE: TAG.value },
    });
    stop.addToRolePolicy(describeInstances());
    stop.addToRolePolicy(new iam.PolicyStatement({
      actions: ['ec2:StopInstances'],
      resources: [this.instance('*')],
      conditions: { StringEquals: { [`aws:ResourceTag/${TAG.key}`]: TAG.value } },
    }));
    const evening = ScheduleExpression.cron({ hour: '20', minute: '0', weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_BERLIN });
    stop.addEventSource(PushSource.schedule(evening, { description: 'Office hours are over' }));
  }

  /** An alarm: CloudWatch could reboot by itself, but also would an instance that has only just been launched. */
  private rebootInstance(): void {
    const instanceId = new CfnParameter(this, 'InstanceId', { type: 'AWS::EC2::Instance::Id', description: 'The instance to look after' }).valueAsString;
    const reboot = this.function('RebootInstance', 'reboot-instance', {
      description: 'Reboots the instance that an alarm is about',
      timeout: Duration.seconds(30),
    });
    reboot.addToRolePolicy(describeInstances());
    reboot.addToRolePolicy(new iam.PolicyStatement({ actions: ['ec2:RebootInstances'], resources: [this.instance(instanceId)] }));
    const hangs = new cloudwatch.Alarm(this, 'InstanceHangs', {
      alarmDescription: 'The instance does not pass its status check, for three minutes',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/EC2',
        metricName: 'StatusCheckFailed_Instance',
        dimensionsMap: { InstanceId: instanceId },
        period: Duration.minutes(1),
        statistic: cloudwatch.Stats.MAXIMUM,
      }),
      threshold: 1,
      evaluationPeriods: 3,
    });
    reboot.addEventSource(PushSource.alarm(hangs));
  }

  /** A rule of AWS Config: a recorder must be on in this Region. The source lets the function report what it found. */
  private checkVolumes(): void {
    const check = this.function('CheckVolumes', 'check-volumes', {
      description: 'Says which EBS volumes are not encrypted',
      timeout: Duration.seconds(30),
    });
    check.addEventSource(PushSource.configRule({
      description: 'EBS volumes must be encrypted, but for an exception that ends on a certain day',
      ruleScope: config.RuleScope.fromResource(config.ResourceType.EBS_VOLUME),
      inputParameters: { exceptionTag: 'Unencrypted-until' },
    }));
  }

  private function(id: string, folder: string, props: Pick<lambda.FunctionProps, 'description' | 'timeout' | 'environment'>): EventFunction {
    return new EventFunction(this, id, {
      ...props,
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(__dirname, 'functions', folder)),
      logGroupRetention: logs.RetentionDays.THREE_MONTHS,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
  }

  private instance(id: string): string {
    return this.formatArn({ service: 'ec2', resource: 'instance', resourceName: id });
  }
}

/** EC2 knows no resources for it: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
function describeInstances(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] });
}

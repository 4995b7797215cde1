import * as path from 'path';
import { CfnOutput, Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { EventFunction, PushSource, Release } from 'cdk-event-functions';

/** What the new version is asked before it gets traffic: a note that nobody has. It proves that the table is there and may be read. */
const SMOKE_TEST = {
  version: '2.0',
  routeKey: 'GET /notes/{id}',
  pathParameters: { id: '00000000-0000-0000-0000-000000000000' },
  requestContext: { authorizer: { lambda: { user: 'smoke-test' } } },
};

/** An API for notes. Whoever has a signed token may write notes, and read their own. */
export class BackendStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: 'owner', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const signingKey = new secretsmanager.Secret(this, 'SigningKey', {
      description: 'Signs the tokens of the notes API (HS256)',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });

    const authorizer = new EventFunction(this, 'Authorizer', {
      description: 'Lets in who has a valid token',
      ...this.nodejs('authorizer'),
      timeout: Duration.seconds(5),
      environment: { SECRET_ARN: signingKey.secretArn },
    });
    signingKey.grantRead(authorizer);

    const notes = new EventFunction(this, 'Notes', {
      description: 'Writes and reads the notes of the caller',
      ...this.nodejs('notes'),
      timeout: Duration.seconds(10),
      environment: { TABLE_NAME: table.tableName },
      // A tenth of the requests for five minutes; one error or throttle, and all go to the former version again.
      release: Release.canary({
        percent: 10,
        interval: Duration.minutes(5),
        smokeTest: { event: JSON.stringify(SMOKE_TEST), expected: '"statusCode":404' },
      }),
    });
    table.grant(notes, 'dynamodb:GetItem', 'dynamodb:PutItem');

    const api = new apigateway.HttpApi(this, 'Api', {
      createDefaultStage: false, // it has settings of its own below
      // An EventFunction is its live alias: that is what the API invokes, and is permitted to invoke.
      defaultAuthorizer: new HttpLambdaAuthorizer('Token', authorizer, {
        responseTypes: [HttpLambdaResponseType.SIMPLE],
        resultsCacheTtl: Duration.minutes(1), // for so long a token is taken after it has expired
      }),
    });
    notes.addEventSource(PushSource.httpApi(api, { path: '/notes', methods: [apigateway.HttpMethod.POST] }));
    notes.addEventSource(PushSource.httpApi(api, { path: '/notes/{id}', methods: [apigateway.HttpMethod.GET] }));

    const accessLog = new logs.LogGroup(this, 'AccessLog', { retention: logs.RetentionDays.THREE_MONTHS });
    const stage = api.addStage('Stage', {
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: { destination: new apigateway.LogGroupLogDestination(accessLog) },
    });
    new CfnOutput(this, 'Url', { value: stage.url });
  }

  private nodejs(folder: string) {
    return {
      runtime: lambda.Runtime.NODEJS_22_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(path.join(__dirname, 'functions', folder)),
      logGroupRetention: logs.RetentionDays.THREE_MONTHS,
      loggingFormat: lambda.LoggingFormat.JSON,
    };
  }
}

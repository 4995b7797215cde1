"""An app with a mistake in it: the error must reach Python with the message of the library."""
import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from cdk_event_functions import PullSource

stack = cdk.Stack(cdk.App(), "Shop")
PullSource.queue(sqs.Queue(stack, "Queue"), batch_size=0)

package com.example.orders;

import software.amazon.awscdk.App;

public final class OrderPipelineApp {
    private OrderPipelineApp() {
    }

    public static void main(final String[] args) {
        App app = new App();
        new OrderPipelineStack(app, "OrderPipeline");
        app.synth();
    }
}

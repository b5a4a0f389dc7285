package dev.countersign.samples.collector.http;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/** Puts a {@link RequestGuard} into every connection. */
@Singleton
final class RequestGuards implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /** Administration's requests are small and few. */
    private static final long MAX_OF_OTHERS = 8L << 20;

    private final BodiesInFlight ofEvents;
    private final BodiesInFlight ofOthers = new BodiesInFlight(MAX_OF_OTHERS);
    private final RequestsUnderWay underWay;

    RequestGuards(BodiesInFlight ofEvents, RequestsUnderWay underWay) {
        this.ofEvents = ofEvents;
        this.underWay = underWay;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                return role == ChannelRole.CONNECTION ? new OfConnection(channel) : this;
            }
        });
        return registry;
    }

    private final class OfConnection implements NettyServerCustomizer {
        private final Channel channel;

        OfConnection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onStreamPipelineBuilt() {
            String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            RequestGuard guard = new RequestGuard(ofEvents, ofOthers, underWay);
            channel.pipeline().addBefore(codec, "request-arrival", guard.arrival());
            channel.pipeline().addAfter(codec, "request-guard", guard);
        }
    }
}
